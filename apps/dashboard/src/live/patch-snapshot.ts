import type { Snapshot } from '../api/schemas.ts';
import { applyMergePatch } from './apply-merge-patch.ts';

/** The live state after a change. The arguments are not changed, and an object that the patch does not change stays the same. */
export function patchSnapshot(snapshot: Snapshot, patch: object): Snapshot {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service's patches turn one snapshot into the next
  return applyMergePatch(snapshot, patch) as Snapshot;
}
