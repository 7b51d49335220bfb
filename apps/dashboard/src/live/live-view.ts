import type { Snapshot } from '../api/schemas.ts';
import type { FeedMessage, FeedState } from './feed-message.ts';
import { patchSnapshot } from './patch-snapshot.ts';

/** The live state of a tab. */
export interface LiveView {
  /** Undefined until the first state has arrived. */
  readonly snapshot: Snapshot | undefined;
  readonly feed: FeedState;
  /** How far the clock of this machine is ahead of the service's, in ms; undefined until that is known. */
  readonly aheadMs: number | undefined;
}

/** The view before the first message. */
export const EMPTY_VIEW: LiveView = {
  snapshot: undefined,
  feed: { kind: 'connecting' },
  aheadMs: undefined,
};

/** The view after a message. */
export function receive(view: LiveView, message: FeedMessage): LiveView {
  if (message.kind === 'state') return { ...view, feed: feedFor(view, message.state) };
  const snapshot = snapshotAfter(view.snapshot, message);
  return snapshot === undefined ? view : { ...view, snapshot, aheadMs: message.aheadMs };
}

/** A page with a state from before, as from the back/forward cache, is stale until a new state arrives. */
function feedFor({ aheadMs = 0, snapshot }: LiveView, state: FeedState): FeedState {
  const isNothing = state.kind === 'connecting' || state.kind === 'unreachable';
  if (snapshot === undefined || !isNothing) return state;
  return { kind: 'stale', since: snapshot.at + aheadMs };
}

function snapshotAfter(
  before: Snapshot | undefined,
  message: Exclude<FeedMessage, { readonly kind: 'state' }>,
): Snapshot | undefined {
  if (message.kind === 'snapshot') return message.snapshot;
  return before && patchSnapshot(before, message.patch);
}
