import type { LimiterControl, Limits, LimitsReport } from '@gateway-queue/identify-limiter';
import { asLimiterFailure } from './failure.ts';

/**
 * Reads the limits that the limiter has kept, and corrects them where they contradict the override or were never counted
 * by Discord. They count until Discord answers.
 *
 * @param override max_concurrency by an operator or the settings
 * @param hasToken whether Discord can be asked for this bot
 * @returns (as a promise) the limits that hold now; undefined when the limiter knows none
 * @throws LimiterFailedError (as a rejection)
 */
export async function reconcileLimits(
  bot: string,
  override: number | undefined,
  hasToken: boolean,
  limiter: Pick<LimiterControl, 'limits' | 'setLimits'>,
): Promise<Limits | undefined> {
  const limits = await limiter.limits(bot).catch(asLimiterFailure);
  if (limits === undefined) return undefined;
  // A count that began without a token says nothing of what Discord has left: no start is assumed until Discord answers.
  const isInvented = hasToken && !limits.countedByDiscord;
  const maxConcurrency = override ?? limits.maxConcurrency;
  if (!isInvented && maxConcurrency === limits.maxConcurrency) return limits;
  const report: LimitsReport = {
    maxConcurrency,
    total: limits.total,
    source: override === undefined ? limits.source : 'override',
    ...(isInvented && { budget: { remaining: 0, resetInMs: 0, askedMsAgo: 0 } }),
  };
  return limiter.setLimits(bot, report).catch(asLimiterFailure);
}
