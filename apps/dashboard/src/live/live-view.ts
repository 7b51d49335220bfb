import type { Snapshot } from '../api/schemas.ts';
import type { FeedMessage, FeedState } from './feed-message.ts';
import { patchSnapshot } from './patch-snapshot.ts';

/** What a tab shows of the live state. */
export interface LiveView {
  /** Undefined until something was heard. */
  readonly snapshot: Snapshot | undefined;
  readonly feed: FeedState;
  /** How far the clock of this machine is ahead of the service's, in ms; undefined while that is not known. */
  readonly aheadMs: number | undefined;
}

/** The view before anything was heard. */
export const NOTHING_HEARD: LiveView = {
  snapshot: undefined,
  feed: { kind: 'connecting' },
  aheadMs: undefined,
};

/** The view after a message. */
export function hear(view: LiveView, message: FeedMessage): LiveView {
  if (message.kind === 'state') return { ...view, feed: feedFor(view, message.state) };
  const snapshot = snapshotAfter(view.snapshot, message);
  return snapshot === undefined ? view : { ...view, snapshot, aheadMs: message.aheadMs };
}

/** Where something is shown already, as after the way back to a page, it is old until something new has come. */
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
