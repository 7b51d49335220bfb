import type { Closing } from '../closing.ts';
import type { KnownLimits, Limits } from '../limits.ts';
import { backAt, marginFor } from '../margin.ts';
import type { Pause } from '../pause.ts';
import { compareRanks } from '../rank.ts';
import type { LimiterRules } from '../rules.ts';
import type { BotView, LimitsView, MarginView, PermitView, WaitersView } from '../view.ts';
import { currentBot, type LoadedBot } from './current-bot.ts';
import { bucketOpensAt } from './opening.ts';
import { pauseHolds } from './pause.ts';
import { statusOf } from './permit.ts';
import type { BotState, HeldRank, PauseState, PermitState } from './state.ts';

/** What {@link viewOf} needs to know. */
export interface BotSlice {
  readonly bot: LoadedBot | undefined;
  /** How each bucket was closed last, by bucket. */
  readonly closings: ReadonlyMap<number, Closing>;
  /** Since when nothing can be missing in the store. */
  readonly knownSince: number;
  /** The bot's pauses, in any order. */
  readonly pauses: readonly PauseState[];
  /** The permits granted last, latest first: `countOfPermits` of them. */
  readonly permits: readonly PermitState[];
  /** How many refusals were seen within `REFUSALS_SHOWN_MS`. */
  readonly refusals: number;
}

/** When and by which clock a view is read. */
export interface ViewContext {
  /** Now on the store's clock. */
  readonly now: number;
  /** What to add to a moment of the store's clock for ms since the Unix epoch. */
  readonly offset: number;
}

/** The limits with their duration from now, of a bot that was brought up to now. */
export function toLimits(bot: BotState, now: number): Limits {
  const { resetAt } = bot.budget;
  return { ...toKnown(bot), resetInMs: resetAt === null ? null : resetAt - now };
}

/** What operators see of a bot: `LimiterView.view`. */
export function viewOf(
  { bot: loaded, closings, knownSince, pauses, permits, refusals }: BotSlice,
  rules: LimiterRules,
  { now, offset }: ViewContext,
): BotView {
  const bot = loaded && currentBot(loaded, now);
  const opensAt =
    bot === undefined
      ? []
      : Array.from(
          { length: bot.maxConcurrency },
          (_, bucket) =>
            bucketOpensAt({ bot, knownSince, closing: closings.get(bucket) }, rules) + offset,
        );
  return {
    now: now + offset,
    limits: bot && toLimitsView(bot, offset),
    opensAt,
    pauses: pauses
      .filter(({ until }) => pauseHolds(until, now))
      .map((pause) => toPause(pause, offset))
      .toSorted((a, b) => (a.bucket ?? -1) - (b.bucket ?? -1)),
    margin: toMarginView(bot, refusals, rules.marginMs, { now, offset }),
    permits: permits.map((permit) => toPermitView(permit, { now, offset })),
  };
}

/** The requests that wait, of what entries hold in any order: `LimiterView.waiters`. */
export function waitersOf(held: readonly HeldRank[], { now, offset }: ViewContext): WaitersView {
  const waiters = held
    .map(({ entry, rank, replica, shard }) => ({
      id: entry,
      shard,
      rank,
      since: rank.joinedAt + offset,
      replica,
    }))
    .toSorted((a, b) => compareRanks(a.rank, b.rank));
  return { now: now + offset, waiters };
}

/** The pause with moments in ms since the Unix epoch. */
export function toPause(
  { bot, bucket, by, reason, since, until }: PauseState,
  offset: number,
): Pause {
  return {
    bot,
    bucket,
    reason,
    by,
    since: since + offset,
    until: until === null ? null : until + offset,
  };
}

function toLimitsView(bot: BotState, offset: number): LimitsView {
  const { resetAt } = bot.budget;
  return {
    ...toKnown(bot),
    resetAt: resetAt === null ? null : resetAt + offset,
    reportedAt: bot.reportedAt + offset,
  };
}

function toMarginView(
  bot: BotState | undefined,
  refusals: number,
  setMs: number,
  { now, offset }: ViewContext,
): MarginView {
  const grown = bot?.grownMargin;
  const ms = marginFor(now, grown, setMs);
  const ends = grown !== undefined && ms > setMs ? backAt(grown, setMs) + offset : null;
  return { ms, setMs, backAt: ends, refusals };
}

function toKnown({
  budget,
  countedByDiscord,
  discordMaxConcurrency,
  maxConcurrency,
  source,
  version,
}: BotState): KnownLimits {
  const { remaining, total } = budget;
  return {
    version,
    maxConcurrency,
    discordMaxConcurrency,
    total,
    remaining: Math.max(remaining, 0),
    source,
    countedByDiscord,
  };
}

function toPermitView(permit: PermitState, { now, offset }: ViewContext): PermitView {
  const { bucket, grantedAt, id, shard } = permit;
  return { id, shard, bucket, grantedAt: grantedAt + offset, status: statusOf(permit, now) };
}
