import type { LimiterControl, Limits, LimitsReport } from '@gateway-queue/identify-limiter';
import { asLimiterFailure } from './failure.ts';
import { inPlaceOf, type WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/**
 * Reads the limits that the limiter has kept, and corrects them where they contradict what is wanted or were never counted
 * by Discord. They count until Discord answers.
 *
 * @param wanted max_concurrency by an operator or the settings
 * @param hasToken whether Discord can be asked for this bot
 * @returns (as a promise) the limits that hold now; undefined when the limiter knows none
 * @throws LimiterFailedError (as a rejection)
 */
export async function reconcileLimits(
  bot: string,
  wanted: WantedMaxConcurrency | undefined,
  hasToken: boolean,
  limiter: Pick<LimiterControl, 'limits' | 'setLimits'>,
): Promise<Limits | undefined> {
  const limits = await limiter.limits(bot).catch(asLimiterFailure);
  if (limits === undefined) return undefined;
  // A count that began without a token says nothing of what Discord has left: no start is assumed until Discord answers.
  const isInvented = hasToken && !limits.countedByDiscord;
  const inForce = inForceOf(limits, wanted, hasToken);
  if (!isInvented && inForce.maxConcurrency === limits.maxConcurrency) return limits;
  const report: LimitsReport = {
    ...inForce,
    total: limits.total,
    ...(isInvented && { budget: { remaining: 0, resetInMs: 0, askedMsAgo: 0 } }),
  };
  return limiter.setLimits(bot, report).catch(asLimiterFailure);
}

function inForceOf(
  { discordMaxConcurrency, maxConcurrency, source }: Limits,
  wanted: WantedMaxConcurrency | undefined,
  hasToken: boolean,
): Pick<LimitsReport, 'maxConcurrency' | 'discordMaxConcurrency' | 'source'> {
  if (hasToken && discordMaxConcurrency !== null) return inPlaceOf(discordMaxConcurrency, wanted);
  // With a token Discord's answer comes first: only it tells whether the wanted value can hold.
  return hasToken || wanted === undefined
    ? { maxConcurrency, source }
    : { maxConcurrency: wanted.maxConcurrency, source: 'override' };
}
