import type { Failure } from './failure.ts';

interface Pace {
  readonly firstMs: number;
  readonly maxMs: number;
}

const PACE: Readonly<Record<Failure['kind'], Pace>> = {
  passing: { firstMs: 1000, maxMs: 60_000 },
  'rate-limited': { firstMs: 1000, maxMs: 60_000 },
  // Asking again will not help, and Discord bans an address that asks too often.
  rejected: { firstMs: 5000, maxMs: 300_000 },
};

/** Up to this share of a wait is left out at random, so that replicas do not ask at the same time. */
const SPREAD = 0.25;

/**
 * Ms to wait before the next try: twice as long after each failure of the same kind, up to a limit, and never shorter than
 * Discord asked for.
 *
 * @param count how many failures of this kind there were in a row, this one included
 * @param random from 0 to 1
 */
export function backoffMs(failure: Failure, count: number, random: number): number {
  const { firstMs, maxMs } = PACE[failure.kind];
  const waitMs = Math.min(firstMs * 2 ** (count - 1), maxMs);
  return Math.max(waitMs * (1 - SPREAD * random), failure.retryAfterMs);
}
