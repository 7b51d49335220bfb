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
  if (message.kind === 'state') return { ...view, feed: message.state };
  const snapshot = snapshotAfter(view.snapshot, message);
  return snapshot === undefined ? view : { ...view, snapshot, aheadMs: message.aheadMs };
}

function snapshotAfter(
  before: Snapshot | undefined,
  message: Exclude<FeedMessage, { readonly kind: 'state' }>,
): Snapshot | undefined {
  if (message.kind === 'snapshot') return message.snapshot;
  return before && patchSnapshot(before, message.patch);
}
