import type { LimitsView } from '@gateway-queue/identify-limiter';
import type { BudgetBody } from '../bodies/budget.body.ts';
import { makeForecast } from './make-forecast.ts';
import { momentMember } from './moment-member.ts';
import type { Reading } from './reading.ts';

/** @param reserve session starts that are never handed out */
export function makeBudget(
  { remaining, resetAt, total }: LimitsView,
  reserve: number,
  reading: Reading,
): BudgetBody {
  return {
    remaining,
    total,
    reserve,
    ...momentMember('resetAt', resetAt),
    forecast: makeForecast({ starts: remaining - reserve, resetAt }, reading),
  };
}
