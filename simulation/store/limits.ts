import {
  assertUsableReport,
  type Budget,
  budgetAt,
  freshBudget,
  type KnownLimits,
  type Limits,
  type LimiterRules,
  type LimitsReport,
  type LimitsView,
  longest,
  reconcile,
  resize,
  uncountedSince,
} from '@gateway-queue/identify-limiter';
import type { BotData, ReportedLimits } from './data.ts';
import { haveSeveralHeads } from './heads.ts';
import { usedSince } from './permits.ts';

/** In this time every replica hears of new buckets and tells its heads, before which ranks could not count. */
export const SETTLE_MS = 100;

/** The bot's limits, the budget brought up to now. */
export function limitsAt(bot: BotData, now: number): ReportedLimits | undefined {
  const { limits } = bot;
  if (limits !== undefined) {
    limits.budget = budgetAt(limits.budget, now, (since) => usedSince(bot, since));
  }
  return limits;
}

/** @throws RangeError when the report is unusable; nothing has changed then */
export function takeReport(
  bot: BotData,
  report: LimitsReport,
  rules: LimiterRules,
  now: number,
): ReportedLimits {
  assertUsableReport(report);
  const before = limitsAt(bot, now);
  const moved = before?.maxConcurrency !== report.maxConcurrency;
  const budget = budgetAfter(bot, report, before, now);
  if (moved) move(bot, rules, now);
  bot.limits = {
    // Goes on from the time, so that none comes twice even after the data was lost.
    version: moved ? Math.max((before?.version ?? 0) + 1, Math.floor(now)) : before.version,
    maxConcurrency: report.maxConcurrency,
    source: report.source,
    reportedAt: now,
    countedByDiscord: report.budget !== undefined || before?.countedByDiscord === true,
    budget,
  };
  return bot.limits;
}

/** The limits as of now. */
export function toLimits(limits: ReportedLimits, now: number): Limits {
  const { resetAt } = limits.budget;
  return { ...toKnown(limits), resetInMs: resetAt === null ? null : resetAt - now };
}

/** The limits with their moments. */
export function toLimitsView(limits: ReportedLimits): LimitsView {
  const { budget, reportedAt } = limits;
  return { ...toKnown(limits), resetAt: budget.resetAt, reportedAt };
}

function toKnown({ budget, reportedAt: _reportedAt, ...rest }: ReportedLimits): KnownLimits {
  return { ...rest, total: budget.total, remaining: Math.max(budget.remaining, 0) };
}

/** New buckets: each opens no earlier than the last of the old ones. */
function move(bot: BotData, rules: LimiterRules, now: number): void {
  const closings = [bot.formerly, ...Array.from(bot.buckets.values(), ({ closing }) => closing)];
  bot.formerly = longest(
    closings.filter((closing) => closing !== undefined),
    rules,
  );
  bot.settledAt = haveSeveralHeads(bot) ? now + SETTLE_MS : -Infinity;
  bot.buckets.clear();
  bot.heads.clear();
}

function budgetAfter(
  bot: BotData,
  { budget, total }: LimitsReport,
  before: ReportedLimits | undefined,
  now: number,
): Budget {
  if (budget === undefined) {
    return before === undefined ? freshBudget(total, now) : resize(before.budget, total);
  }
  const uncounted = usedSince(bot, uncountedSince(now, budget.askedMsAgo));
  return reconcile({ total, ...budget }, uncounted, now);
}
