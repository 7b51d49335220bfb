import type { Limits } from '@gateway-queue/identify-limiter';
import type { LimitsBody } from '../bodies/limits.body.ts';
import { steady } from './steady.ts';

/** @param wallNow ms since the Unix epoch */
export function makeLimits(
  { ageMs, maxConcurrency, source, total, version }: Limits,
  stale: boolean,
  wallNow: number,
  before: LimitsBody | undefined,
): LimitsBody {
  const reportedAt = steady(wallNow - ageMs, before?.reportedAt);
  return { maxConcurrency, total, source, version, reportedAt, stale };
}
