import { type Budget, freshBudget, reconcile, resize, uncountedSince } from '../budget.ts';
import { type Closing, longest } from '../closing.ts';
import { assertUsableReport, type Limits, type LimitsReport } from '../limits.ts';
import type { StepContext } from './context.ts';
import { currentBot, usedSince } from './current-bot.ts';
import type { BotState } from './state.ts';
import { toLimits } from './views.ts';
import type { Outcome, Write } from './write.ts';

/** What {@link setLimits} needs to know. */
export interface LimitsSlice {
  /** Undefined when the bot's limits were never reported. */
  readonly bot: BotState | undefined;
  /** `usedBy` of the bot's permits from `usesNeededSince` on, without those released. */
  readonly uses: readonly number[];
  /** How each of the bot's buckets was closed last. */
  readonly closings: readonly Closing[];
  /** Whether more than one replica has a head, of whichever bucket. */
  readonly haveSeveralHeads: boolean;
}

/**
 * Takes over what was learned of a bot's limits: `LimiterControl.setLimits`.
 *
 * @throws RangeError when the report is unusable
 */
export function setLimits(
  name: string,
  report: LimitsReport,
  slice: LimitsSlice,
  context: StepContext,
): Outcome<Limits> {
  assertUsableReport(report);
  const { now } = context;
  const before = slice.bot && currentBot({ state: slice.bot, uses: slice.uses }, now);
  const isMoved = before?.maxConcurrency !== report.maxConcurrency;
  const state: BotState = {
    version: before?.version ?? 0,
    lostAt: before?.lostAt ?? null,
    formerClosing: before?.formerClosing,
    settledAt: before?.settledAt ?? null,
    grownMargin: before?.grownMargin,
    ...(isMoved ? newBuckets(before, slice, context) : undefined),
    maxConcurrency: report.maxConcurrency,
    discordMaxConcurrency: report.discordMaxConcurrency ?? null,
    source: report.source,
    reportedAt: now,
    countedByDiscord: report.budget !== undefined || before?.countedByDiscord === true,
    budget: budgetAfter(report, before, slice.uses, now),
  };
  const writes: Write[] = [{ kind: 'save-bot', bot: name, state }];
  if (before === undefined) writes.push({ kind: 'vouch', bot: name, since: now });
  if (isMoved) {
    writes.push({ kind: 'forget-buckets', bot: name }, { kind: 'forget-heads', bot: name });
  }
  return { answer: toLimits(state, now), writes, changes: [{ bot: name, bucket: null }] };
}

/** Each new bucket opens no earlier than the last of the old ones. */
function newBuckets(
  before: BotState | undefined,
  { closings, haveSeveralHeads }: LimitsSlice,
  { now, rules }: StepContext,
): Pick<BotState, 'version' | 'formerClosing' | 'settledAt'> {
  const former = before?.formerClosing;
  return {
    // Goes on from the time, so that no version comes twice even after the data was lost.
    version: Math.max((before?.version ?? 0) + 1, Math.floor(now)),
    formerClosing: longest(
      former === undefined ? closings : [former, ...closings],
      rules,
      before?.grownMargin,
    ),
    settledAt: haveSeveralHeads && rules.settleMs > 0 ? now + rules.settleMs : null,
  };
}

function budgetAfter(
  { budget, total }: LimitsReport,
  before: BotState | undefined,
  uses: readonly number[],
  now: number,
): Budget {
  if (budget === undefined) {
    return before === undefined ? freshBudget(total, now) : resize(before.budget, total);
  }
  const since = uncountedSince(now, budget.askedMsAgo);
  // Data was lost since: each bucket may have had one permit that is not on record, and that Discord has not counted.
  const lost = (before?.lostAt ?? -Infinity) > since ? (before?.maxConcurrency ?? 0) : 0;
  return reconcile({ total, ...budget }, usedSince(uses, since) + lost, now);
}
