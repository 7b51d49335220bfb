import type { Permit } from '../api/schemas.ts';

/** Whether a permit took a slot and a session start, as far as is known: all do that were not given back. */
export function isUsed({ fate }: Pick<Permit, 'fate'>): boolean {
  return fate !== 'given-back';
}
