import type { LimitsView } from '@gateway-queue/identify-limiter';
import type { LimitsBody } from '../bodies/limits.body.ts';

/** @param stale whether the last attempt to learn the limits failed */
export function makeLimits(
  { maxConcurrency, reportedAt, source, total, version }: LimitsView,
  stale: boolean,
): LimitsBody {
  return { maxConcurrency, total, source, version, reportedAt: Math.round(reportedAt), stale };
}
