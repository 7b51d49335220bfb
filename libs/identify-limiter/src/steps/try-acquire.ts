import type { Attempt, Denial, Permit } from '../attempt.ts';
import { spend, startsOf } from '../budget.ts';
import type { Closing } from '../closing.ts';
import { denialFor } from '../decide.ts';
import { mayThrottle, throttledUntil } from '../rules.ts';
import type { StepContext } from './context.ts';
import { currentBot, type LoadedBot } from './current-bot.ts';
import { type Heads, otherHeads, setHead, withdrawHead } from './heads.ts';
import { bucketOpensAt } from './opening.ts';
import { pausedUntil } from './pause.ts';
import { neededSince, toPermit } from './permit.ts';
import type { BotState, PermitState } from './state.ts';
import { toLimits } from './views.ts';
import { answerOnly, type Outcome, type Write } from './write.ts';

/** What {@link tryAcquire} needs to know. */
export interface AttemptSlice {
  /** The permit that the operation was granted before. */
  readonly granted: PermitState | undefined;
  /** Undefined when its limits were never reported. */
  readonly bot: LoadedBot | undefined;
  /** The entry that holds the attempt's rank: null when the rank is kept as a place, undefined when it is not on record. */
  readonly rankHolder: string | null | undefined;
  /** When each pause ends, or has ended, that covers the bucket; null for not by itself. */
  readonly pauseEnds: readonly (number | null)[];
  /** When the shard was granted its last `burst` permits, latest first, without those released; empty unless {@link needsShardGrants}. */
  readonly shardGrants: readonly number[];
  /** How the bucket was closed last since `maxConcurrency` changed. */
  readonly closing: Closing | undefined;
  /** Since when nothing can be missing in the store. */
  readonly knownSince: number;
  readonly heads: Heads;
}

/** Whether the step needs `shardGrants`. */
export function needsShardGrants(
  { shard }: Attempt,
  bot: LoadedBot,
  { now, rules }: StepContext,
): boolean {
  // A request that names no shard may be any shard.
  return shard !== null && mayThrottle(rules.crashLoop, currentBot(bot, now).budget);
}

/** A permit for the head of a line, or why not: `IdentifyLimiter.tryAcquire`. */
export function tryAcquire(
  attempt: Attempt,
  slice: AttemptSlice,
  context: StepContext,
): Outcome<Permit | Denial> {
  const { now, rules } = context;
  if (slice.granted !== undefined) return answerOnly(toPermit(slice.granted, now));
  if (slice.bot === undefined) {
    const denial: Denial = { granted: false, reason: 'limits-unknown', retryInMs: null };
    return { answer: denial, ...setHead(attempt, attempt.rank, slice.heads, context) };
  }
  const bot = currentBot(slice.bot, now);
  const starts = startsOf(bot.budget, rules.reserveOf(attempt.bot), now);
  if (bot.version !== attempt.limitsVersion) {
    const limits = toLimits(bot, now);
    return answerOnly({ granted: false, reason: 'limits-changed', retryInMs: 0, limits, starts });
  }
  if (slice.rankHolder !== undefined && slice.rankHolder !== attempt.entry) {
    return answerOnly({ granted: false, reason: 'rank-not-held', retryInMs: null, starts });
  }
  const denial = denialNow(attempt, slice, bot, context);
  if (denial === null) return grant(attempt, slice, bot, context);
  const answer = { ...denial, starts };
  if (denial.reason === 'crash-loop') {
    // Other shards may pass a throttled one, so it must not be a head that they wait behind.
    return { ...withdrawHead(attempt, slice.heads, context), answer };
  }
  return { answer, ...setHead(attempt, attempt.rank, slice.heads, context) };
}

function denialNow(
  { bot: name, rank }: Attempt,
  { closing, heads, knownSince, pauseEnds, shardGrants }: AttemptSlice,
  bot: BotState,
  { now, replica, rules }: StepContext,
): Denial | null {
  return denialFor(
    {
      pausedUntil: pausedUntil(pauseEnds, now),
      budget: bot.budget,
      reserve: rules.reserveOf(name),
      throttledUntil: throttledUntil(rules.crashLoop, bot.budget, shardGrants, now),
      opensAt: bucketOpensAt({ bot, closing, knownSince }, rules),
      otherHeads: otherHeads(heads, replica),
    },
    rank,
    now,
  );
}

function grant(
  attempt: Attempt,
  { closing, heads }: AttemptSlice,
  state: BotState,
  context: StepContext,
): Outcome<Permit> {
  const { now, replica, rules } = context;
  const { bot, bucket, entry, operation: id, rank, shard } = attempt;
  const confirmBy = attempt.confirm ? now + rules.confirmTimeoutMs : null;
  const usedBy = confirmBy ?? now;
  const permit: PermitState = {
    id,
    bot,
    shard,
    bucket,
    grantedAt: now,
    confirmBy,
    confirmedAt: null,
    released: false,
    askedAgainAt: null,
    closingBefore: closing,
    rank,
  };
  const writes: Write[] = [
    { kind: 'save-budget', bot, budget: spend(state.budget, usedBy) },
    { kind: 'drop-rank', bot, entry },
    { kind: 'drop-permits', bot, usedBefore: neededSince(now, rules) },
    { kind: 'add-permit', permit },
    {
      kind: 'close-bucket',
      bot,
      bucket,
      closing: { from: usedBy, kind: 'unconfirmed' },
      permit: id,
    },
  ];
  if (heads.has(replica)) writes.push({ kind: 'withdraw-head', bot, bucket, replica });
  const othersWait = heads.size > (heads.has(replica) ? 1 : 0);
  return {
    answer: toPermit(permit, now),
    writes,
    changes: othersWait ? [{ bot, bucket }] : [],
  };
}
