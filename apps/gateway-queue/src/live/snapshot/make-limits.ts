import type { LimitsView } from '@gateway-queue/identify-limiter';
import type { LimitsBody } from '../bodies/limits.body.ts';

/** @param stale whether the last attempt to learn the limits failed */
export function makeLimits(limits: LimitsView, stale: boolean): LimitsBody {
  const { discordMaxConcurrency, maxConcurrency, reportedAt, source, total, version } = limits;
  return {
    maxConcurrency,
    ...(discordMaxConcurrency !== null && { discordMaxConcurrency }),
    total,
    source,
    version,
    reportedAt: Math.round(reportedAt),
    stale,
  };
}
