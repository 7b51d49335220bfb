import { randomUUID } from 'node:crypto';
import {
  bucketOf,
  type Attempt,
  type Denial,
  type DenialReason,
  type Entry,
  type Limits,
  type LimitsReport,
  type Pause,
  type Permit,
  type Rank,
} from '@gateway-queue/identify-limiter';
import { expect, onTestFinished } from 'vitest';
import type { HarnessOptions, Limiter, LimiterHarness, Suite } from './harness.ts';

export const BOT = 'default';
export const OTHER_BOT = 'other';

/** As little as a test can wait; a whole number of microseconds, and exact in binary. */
export const MOMENT_MS = 0.125;

/** A request in a line, with the operation that its attempts carry. */
export interface Waiter extends Entry {
  readonly rank: Rank;
  readonly operation: string;
}

/** A harness as it starts: no limits, and one interval to wait. */
export async function start(suite: Suite, options?: HarnessOptions): Promise<LimiterHarness> {
  const harness = await suite.makeHarness(options);
  onTestFinished(() => harness.dispose());
  return harness;
}

/** A harness whose bot has limits and whose buckets are all open. */
export async function startOpen(
  suite: Suite,
  maxConcurrency = 1,
  rest: Partial<LimitsReport> = {},
  rules?: HarnessOptions['rules'],
): Promise<LimiterHarness> {
  const harness = await start(suite, rules && { rules });
  await harness.replica().setLimits(BOT, report(maxConcurrency, rest));
  await harness.advance(harness.intervalMs);
  return harness;
}

export function report(maxConcurrency: number, rest: Partial<LimitsReport> = {}): LimitsReport {
  return { maxConcurrency, total: 1000, source: 'default', ...rest };
}

/** What Discord answers just now. */
export function discordReport(
  maxConcurrency: number,
  left: number,
  rest: { total?: number; resetInMs?: number; askedMsAgo?: number } = {},
): LimitsReport {
  const { total = 1000, resetInMs = 3_600_000, askedMsAgo = 0 } = rest;
  const budget = { remaining: left, resetInMs, askedMsAgo };
  return { maxConcurrency, total, source: 'discord', budget };
}

export async function enterOne(
  limiter: Limiter,
  shard: number | null,
  rest: Partial<Entry> = {},
): Promise<Waiter> {
  const entry: Entry = { id: randomUUID(), bot: BOT, shard, priority: 'normal', ...rest };
  const [rank] = await limiter.enter([entry]);
  if (rank === undefined) throw new Error('enter() resolved without a rank');
  return { ...entry, rank, operation: randomUUID() };
}

/** Tries for a waiter by the limits that hold now. */
export async function attempt(
  limiter: Limiter,
  waiter: Waiter,
  rest: Partial<Attempt> = {},
): Promise<Permit | Denial> {
  const limits = await limiter.limits(waiter.bot);
  return limiter.tryAcquire({ ...attemptOf(waiter, limits), ...rest });
}

/** A waiter's attempt by these limits, or by none. */
export function attemptOf(
  { id, bot, shard, rank, operation }: Waiter,
  limits: Limits | undefined,
): Attempt {
  const bucket = bucketOf(shard, limits?.maxConcurrency ?? 1);
  const limitsVersion = limits?.version ?? 0;
  return { operation, entry: id, bot, shard, bucket, rank, limitsVersion, confirm: false };
}

/** Enters and gets the permit at once, or fails the test. */
export async function grant(
  limiter: Limiter,
  shard: number | null,
  rest: Partial<Entry> = {},
): Promise<Permit> {
  return granted(limiter, await enterOne(limiter, shard, rest));
}

/** The same with a permit that is to be confirmed. */
export async function grantPending(
  limiter: Limiter,
  shard: number | null,
  rest: Partial<Entry> = {},
): Promise<Permit> {
  return granted(limiter, await enterOne(limiter, shard, rest), { confirm: true });
}

/** How long a pending permit that is never confirmed keeps its bucket closed. */
export function pendingMs({ rules }: LimiterHarness): number {
  return rules.confirmTimeoutMs + rules.intervalMs + rules.marginMs;
}

/** The waiter's permit, or fails the test. */
export async function granted(
  limiter: Limiter,
  waiter: Waiter,
  rest: Partial<Attempt> = {},
): Promise<Permit> {
  const answer = await attempt(limiter, waiter, rest);
  if (!answer.granted) throw new Error(`denied: ${JSON.stringify(answer)}`);
  return answer;
}

/** Enters and tries, for the tests that want to know what holds a newcomer back. */
export async function tryNew(
  limiter: Limiter,
  shard: number | null,
  rest: Partial<Entry> = {},
): Promise<Permit | Denial> {
  return attempt(limiter, await enterOne(limiter, shard, rest));
}

/** One new waiter for each replica, shards counted from 0, all trying at the same moment. */
export async function tryAtOnce(replicas: readonly Limiter[]): Promise<(Permit | Denial)[]> {
  const waiting = await Promise.all(
    replicas.map(async (replica, shard) => ({ replica, waiter: await enterOne(replica, shard) })),
  );
  return Promise.all(waiting.map(({ replica, waiter }) => attempt(replica, waiter)));
}

/** What an attempt is answered that is denied for this reason, whatever else it is told. */
export function denial(reason: DenialReason, retryInMs: number | null): unknown {
  return expect.objectContaining({ granted: false, reason, retryInMs });
}

export const aPermit: unknown = expect.objectContaining({ granted: true });

export async function remaining(limiter: Limiter, bot = BOT): Promise<number | undefined> {
  return (await limiter.limits(bot))?.remaining;
}

/** The pauses of the bot that hold now. */
export async function pausesOf(limiter: Limiter, bot = BOT): Promise<readonly Pause[]> {
  return (await limiter.view(bot)).pauses;
}

/** In how many ms each bucket of the bot opens; 0 for one that is open. */
export async function openingsInMs(limiter: Limiter): Promise<number[]> {
  const { now, opensAt } = await limiter.view(BOT);
  return opensAt.map((moment) => Math.max(moment - now, 0));
}
