/** Between two permits of a bucket, as the local limiter's harness is set up. */
export const INTERVAL_MS = 5250;

/** Longer than the queue takes to notice by itself what it was not told (see RECHECK_MS and MAX_RETRY_PAUSE_MS). */
export const NOTICE_MS = 1000;

/** The moments at which permits come from a bucket that opens at `from`. */
export function slots(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index * INTERVAL_MS);
}

export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
