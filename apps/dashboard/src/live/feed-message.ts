import type { Snapshot } from '../api/schemas.ts';

/** How the stream of events fares. */
export type FeedState =
  | { readonly kind: 'connecting' }
  /** Nothing has come yet, and it is tried again. `since` is when that began, as in `stale`. */
  | { readonly kind: 'unreachable'; readonly since: number }
  | { readonly kind: 'live' }
  /** `since` is when something was heard last, in ms since the Unix epoch by this machine's clock. */
  | { readonly kind: 'stale'; readonly since: number }
  /** Nothing is tried any more until somebody logs in. */
  | { readonly kind: 'signed-out' };

/** What is told of the clocks with each message. */
interface Timed {
  /** How far the clock of this machine is ahead of the service's, in ms; undefined while that is not known. */
  readonly aheadMs: number | undefined;
}

/** What a feed says to those who follow. */
export type FeedMessage =
  | { readonly kind: 'state'; readonly state: FeedState }
  | ({ readonly kind: 'snapshot'; readonly snapshot: Snapshot } & Timed)
  /** A JSON merge patch of what was said before. */
  | ({ readonly kind: 'change'; readonly patch: object } & Timed);

/** What a tab says to the feed that it shares. */
export type FeedCommand =
  /** The tab is there, or there again, and wants to be brought up to now; if the feed had given up, it tries again. */
  | 'hello'
  /** The tab wants to know that the feed is there: it is told the feed's state. */
  | 'ping'
  /** The tab goes. */
  | 'bye';
