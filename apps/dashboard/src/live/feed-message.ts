import type { Snapshot } from '../api/schemas.ts';

/** How the stream of events fares. */
export type FeedState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** `since` is when something was heard last, in ms since the Unix epoch by this machine's clock. */
  | { readonly kind: 'stale'; readonly since: number }
  /** Nothing is tried any more until somebody logs in. */
  | { readonly kind: 'signed-out' };

/** What a feed says to those who follow. */
export type FeedMessage =
  | { readonly kind: 'state'; readonly state: FeedState }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly heardAt: number }
  /** A JSON merge patch of what was said before. */
  | { readonly kind: 'change'; readonly patch: object; readonly heardAt: number };

/** What a tab says to the feed that it shares. */
export type FeedCommand =
  /** The tab is there, or there again, and wants to be brought up to now; if the feed had given up, it tries again. */
  | 'hello'
  /** The tab goes. */
  | 'bye';
