import type { Snapshot } from '../api/schemas.ts';

/** The state of the stream of events. */
export type FeedState =
  | { readonly kind: 'connecting' }
  /** No state has arrived yet, and the feed keeps trying. `since` is when the feed started, by the clock of `stale`. */
  | { readonly kind: 'unreachable'; readonly since: number }
  | { readonly kind: 'live' }
  /** The stream broke. `since` is when the last message arrived, in ms since the Unix epoch by this machine's clock. */
  | { readonly kind: 'stale'; readonly since: number }
  /** There is no session. The feed does not try again before a login. */
  | { readonly kind: 'signed-out' };

/** The difference of the clocks, which comes with each message. */
interface Timed {
  /** How far the clock of this machine is ahead of the service's, in ms; undefined until that is known. */
  readonly aheadMs: number | undefined;
}

/** A message from the feed to its followers. */
export type FeedMessage =
  | { readonly kind: 'state'; readonly state: FeedState }
  | ({ readonly kind: 'snapshot'; readonly snapshot: Snapshot } & Timed)
  /** A JSON merge patch of the state so far. */
  | ({ readonly kind: 'change'; readonly patch: object } & Timed);

/** A command from a tab to the shared feed. */
export type FeedCommand =
  /** The tab follows the feed, and gets the present state. A feed that had given up tries again. */
  | 'join'
  /** The tab checks that the feed is alive. The feed answers with its state. */
  | 'ping'
  /** The tab no longer follows the feed. */
  | 'leave';
