import {
  type BotView,
  countOfPermits,
  type LimiterView,
  type PermitsWanted,
} from '@gateway-queue/identify-limiter';

/** What the limiter says of one bot at one moment. */
export interface Reading extends BotView {
  /** Whether `permits` are all that the limiter remembers. */
  readonly allPermits: boolean;
}

/**
 * How many of the newest permits are read: the permits of a minute in each bucket, at Discord's interval of 5 s, and those
 * that are shown in any case. What a tick may cost has a bound.
 */
const READ_PERMITS: PermitsWanted = { base: 50, perBucket: 12, max: 2000 };

/**
 * How many of them are shown. Four for each bucket are what it is given at Discord's interval of 5 s in twice the 10 s of
 * CONFIRM_TIMEOUT_MS: so each permit is shown until its status is final, also at a boot of many buckets. What a snapshot
 * may weigh has a bound.
 */
const SHOWN_PERMITS: PermitsWanted = { base: 50, perBucket: 4, max: 1000 };

/** How many of the newest permits are shown. @param maxConcurrency 0 while it is unknown */
export function countOfShownPermits(maxConcurrency: number): number {
  return countOfPermits(SHOWN_PERMITS, maxConcurrency);
}

/** Rejects when the limiter's store does not answer. */
export async function readBot(limiter: Pick<LimiterView, 'view'>, bot: string): Promise<Reading> {
  const view = await limiter.view(bot, READ_PERMITS);
  const wanted = countOfPermits(READ_PERMITS, view.limits?.maxConcurrency ?? 0);
  return { ...view, allPermits: view.permits.length < wanted };
}
