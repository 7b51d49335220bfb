import type { Evidence } from './evidence.ts';
import { at, type Finding } from './finding.ts';

/** P3, always: no IDENTIFY leaves fewer session starts than the reserve, by Discord's own count. */
export function checkBudget({ history }: Evidence): Finding {
  const { reserveOf } = history.rules;
  const reserve = (bot: string): number => reserveOf[bot] ?? 0;
  const violations = history.starts
    .filter(({ bot, remaining }) => remaining < reserve(bot))
    .map((start) => ({
      promise: 'P3',
      what:
        `bot ${start.bot}: an IDENTIFY at ${at(start.at)} left ${start.remaining} session starts ` +
        `of a reserve of ${reserve(start.bot)}`,
      requests: [start.request],
    }));
  const spare = history.starts.map(({ bot, remaining }) => remaining - reserve(bot));
  return { violations, figures: { minStartsAboveReserve: Math.min(...spare) } };
}
