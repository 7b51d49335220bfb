import type { Snapshot } from '../api/schemas.ts';
import { applyMergePatch } from './apply-merge-patch.ts';

/** The live state after a change: neither is altered, and what the change does not touch is the same object as before. */
export function patchSnapshot(snapshot: Snapshot, patch: object): Snapshot {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service says that its patches of one make another
  return applyMergePatch(snapshot, patch) as Snapshot;
}
