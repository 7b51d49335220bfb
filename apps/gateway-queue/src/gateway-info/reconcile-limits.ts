import type { LimiterControl, Limits, LimitsReport } from '@gateway-queue/identify-limiter';
import { asLimiterFailure } from './failure.ts';

/**
 * What the limiter knows from before, if anything; it counts until Discord says otherwise, but not against the operator.
 *
 * @param override the operator's word on max_concurrency
 * @param asksDiscord whether the bot has a token
 * @throws LimiterFailedError (as a rejection)
 */
export async function reconcileLimits(
  id: string,
  override: number | undefined,
  asksDiscord: boolean,
  limiter: Pick<LimiterControl, 'limits' | 'setLimits'>,
): Promise<Limits | undefined> {
  const limits = await limiter.limits(id).catch(asLimiterFailure);
  if (limits === undefined) return undefined;
  // What was counted without a token is no idea of what Discord has left for it: nothing, until it says so.
  const invented = asksDiscord && !limits.countedByDiscord;
  const maxConcurrency = override ?? limits.maxConcurrency;
  if (!invented && maxConcurrency === limits.maxConcurrency) return limits;
  const report: LimitsReport = {
    maxConcurrency,
    total: limits.total,
    source: override === undefined ? limits.source : 'override',
    ...(invented && { budget: { remaining: 0, resetInMs: 0, askedMsAgo: 0 } }),
  };
  return limiter.setLimits(id, report).catch(asLimiterFailure);
}
