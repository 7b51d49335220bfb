import type {
  LimiterControl,
  LimiterView,
  Limits,
  Pause,
  PermitView,
} from '@gateway-queue/identify-limiter';

/** What is asked of the limiter for a snapshot. */
export type ReadableLimiter = Pick<LimiterControl, 'limits' | 'pauses'> &
  Pick<LimiterView, 'openings' | 'recentPermits'>;

/** What the limiter says of one bot. */
export interface Readings {
  readonly limits: Limits | undefined;
  /** For each bucket in how many ms it opens. */
  readonly openings: readonly number[];
  /** Latest first. */
  readonly permits: readonly PermitView[];
  /** Whether these are all that the limiter remembers. */
  readonly allPermits: boolean;
  readonly pauses: readonly Pause[];
}

/** Permits of a minute in each bucket, at Discord's interval of 5 s. */
const PERMITS_A_MINUTE = 12;

/** As many are shown, however few buckets there are. */
const LATEST_PERMITS = 50;

/**
 * And so many more for each bucket: what it is given at Discord's interval of 5 s in twice the 10 s of CONFIRM_TIMEOUT_MS. Whoever
 * follows the state so learns what became of each permit, at a boot of many buckets, too.
 */
const LATEST_OF_A_BUCKET = 4;

/** What a snapshot may weigh has a bound. */
const MAX_LATEST_PERMITS = 1000;

/** What a tick may cost has a bound. */
const MAX_PERMITS = 2000;

/** How many of the newest permits are shown. @param maxConcurrency 0 while nobody knows it */
export function latestPermits(maxConcurrency: number): number {
  return Math.min(LATEST_PERMITS + LATEST_OF_A_BUCKET * maxConcurrency, MAX_LATEST_PERMITS);
}

/** Rejects when the limiter's store does not answer. */
export async function readBot(limiter: ReadableLimiter, bot: string): Promise<Readings> {
  const limits = await limiter.limits(bot);
  const wanted = PERMITS_A_MINUTE * (limits?.maxConcurrency ?? 0) + LATEST_PERMITS;
  const atMost = Math.min(wanted, MAX_PERMITS);
  const [openings, permits, pauses] = await Promise.all([
    limiter.openings(bot),
    limiter.recentPermits(bot, atMost),
    limiter.pauses(bot),
  ]);
  return { limits, openings, permits, allPermits: permits.length < atMost, pauses };
}
