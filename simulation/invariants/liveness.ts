import type { IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** Liveness, once faults have ended: at the end, every request that a living replica holds has ended. */
export function liveness(history: IndexedHistory): Violation[] {
  return Array.from(history.requests.values())
    .filter((request) => history.waitedUntil(request) === Infinity)
    .map(({ heldAt, name }) => ({
      promise: 'liveness',
      at: heldAt,
      text: `${name} waits for ever`,
    }));
}
