import type { IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/**
 * P5, when no request was doubled and the store lost no writes: at the end, when no request waits, no living replica holds
 * a rank or a head. The second copy of a call may enter requests that have left, and lost writes may undo a leave.
 */
export function leftovers(history: IndexedHistory): Violation[] {
  const isExcused = history.faults.some(
    ({ fault }) => fault === 'request doubled' || fault === 'store lost writes',
  );
  if (isExcused) return [];
  return history.events.flatMap((event) =>
    event.kind === 'left behind'
      ? event.what.map((what) => ({ promise: 'P5', at: event.at, text: `${what} is left behind` }))
      : [],
  );
}
