const NANOSECONDS_PER_MS = 1e6;

/**
 * Milliseconds, with a fraction, on the machine's monotonic line. Never the wall clock: a test that sets
 * the clock must not make the gateway more or less strict. On Linux all processes of one boot share this
 * line, so a figure from here can be compared with one that a shard's process took.
 */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}
