import type { Permit } from '../api/schemas.ts';

/** Whether a permit took a slot and a session start, as far as is known: all do that were not released. */
export function isUsed({ status }: Pick<Permit, 'status'>): boolean {
  return status !== 'released';
}
