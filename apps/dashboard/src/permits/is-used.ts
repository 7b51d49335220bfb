import type { Permit } from '../api/schemas.ts';

/** Whether a permit used up an interval of its bucket and a session start, as far as is known: every permit that was not released. */
export function isUsed({ status }: Pick<Permit, 'status'>): boolean {
  return status !== 'released';
}
