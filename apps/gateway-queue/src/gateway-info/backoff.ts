import type { Failure } from './failure.ts';

interface Pace {
  readonly firstMs: number;
  readonly mostMs: number;
}

const PACE: Readonly<Record<Failure['kind'], Pace>> = {
  passing: { firstMs: 1000, mostMs: 60_000 },
  'rate-limited': { firstMs: 1000, mostMs: 60_000 },
  // Asking again will not help, and too much of it gets the address banned.
  rejected: { firstMs: 5000, mostMs: 300_000 },
};

/** Up to this share of a wait is left out by chance, so that replicas do not ask in step. */
const SPREAD = 0.25;

/**
 * Ms to wait before the next try: twice as long with every failure of the same kind, up to a limit, and
 * never less than what Discord asked for.
 *
 * @param count how many failures of this kind there were in a row, this one included
 * @param random from 0 to 1
 */
export function backoffMs(failure: Failure, count: number, random: number): number {
  const { firstMs, mostMs } = PACE[failure.kind];
  const waitMs = Math.min(firstMs * 2 ** (count - 1), mostMs);
  return Math.max(waitMs * (1 - SPREAD * random), failure.retryAfterMs);
}
