import type { Limits } from '@gateway-queue/identify-limiter';
import type { BudgetBody } from '../bodies/budget.body.ts';
import { makeForecast } from './make-forecast.ts';
import type { Readings } from './readings.ts';
import { steadyMember } from './steady.ts';

/**
 * @param reserve session starts that are never handed out
 * @param wallNow ms since the Unix epoch
 */
export function makeBudget(
  { remaining, resetInMs, total }: Limits,
  reserve: number,
  readings: Readings,
  wallNow: number,
  before: BudgetBody | undefined,
): BudgetBody {
  return {
    remaining,
    total,
    reserve,
    ...steadyMember('resetAt', resetInMs === null ? null : wallNow + resetInMs, before),
    forecast: makeForecast({ starts: remaining - reserve, resetInMs }, readings, wallNow),
  };
}
