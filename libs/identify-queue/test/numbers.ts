/** Ms between two permits of a bucket, by the rules of the local limiter's harness. */
export const INTERVAL_MS = 5250;

/** Within so many ms the queue notices a change that was not announced (RECHECK_MS, MAX_RETRY_PAUSE_MS). */
export const NOTICE_MS = 1000;

/** The moments of the first permits of a bucket that opens at `from`. */
export function slots(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index * INTERVAL_MS);
}

export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
