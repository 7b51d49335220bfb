import type { Limiter } from '@gateway-queue/operator-records';
import { openSqliteStore } from '@gateway-queue/store-sqlite';
import { DEFAULT_RULES, FakeClock } from '@gateway-queue/identify-limiter/testing';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { BotStatus } from '../gateway-info/bot-status.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Line, RankedHead } from './line.ts';
import { mergePatch } from './merge-patch.ts';
import { makeLines } from './report/make-lines.ts';
import { type LiveBody, SnapshotMaker } from './snapshot-maker.ts';
import { countOfShownPermits } from './snapshot/reading.ts';
import { FakeReports, quietReport } from './testing/fake-reports.ts';

const BOT = 'default';
const { intervalMs, marginMs } = DEFAULT_RULES;
const HOUR_MS = 3_600_000;

const STATUS: BotStatus = {
  bot: BOT,
  leads: true,
  source: 'discord',
  maxConcurrency: 2,
  discordMaxConcurrency: 2,
  ignored: null,
  stale: false,
  lastError: null,
  nextTryAt: null,
};

let clock: FakeClock;
let limiter: Limiter;
let queue: IdentifyQueue;
let reports: FakeReports;
let maker: SnapshotMaker;

beforeEach(() => {
  clock = new FakeClock();
  const rules = { ...DEFAULT_RULES, reserveOf: () => 10 };
  const store = openSqliteStore({
    clock,
    dataDir: ':memory:',
    rules,
    placeTtlMs: 90_000,
    maxPlaces: 8,
    replica: 'local',
  });
  onTestFinished(() => store.close());
  limiter = store.limiter;
  reports = new FakeReports(clock);
  const settings = readSettings({});
  maker = new SnapshotMaker(limiter, reports, settings, clock);
  queue = new IdentifyQueue({
    limiter,
    clock,
    intervalMs: intervalMs + marginMs,
    onLimiterError: () => undefined,
  });
});

/** Limits as Discord says them, and buckets that are open. */
async function open(maxConcurrency: number, remaining = 900, total = 1000): Promise<void> {
  const budget = { remaining, resetInMs: 10 * HOUR_MS, askedMsAgo: 0 };
  const discordMaxConcurrency = maxConcurrency;
  const limits = { maxConcurrency, discordMaxConcurrency, total, source: 'discord' } as const;
  await limiter.setLimits(BOT, { ...limits, budget });
  await clock.advance(intervalMs + marginMs);
}

/** Shards ask, and get what there is at once. */
async function ask(...shards: (number | null)[]): Promise<void> {
  for (const shard of shards) {
    const request = { bot: BOT, shard, priority: 'normal' as const };
    queue.wait(request, new AbortController().signal).catch(() => undefined);
    await clock.settle();
  }
}

async function reportAs(replica: string, report = quietReport({ gatewayInfo: [STATUS] })) {
  await reports.report(replica, report, 5000);
}

async function botOf(before?: LiveBody) {
  const { bots } = await maker.make(before);
  const bot = bots[BOT];
  if (bot === undefined) throw new Error('the bot is not listed');
  return bot;
}

function line(bucket: number, rest: Partial<Line> = {}): Line {
  return { bucket, waiting: 1, throttled: 0, oldestWaitSince: clock.wallNow(), ...rest };
}

function head(shard: number | null, joinedAt: number, waitedMs: number): RankedHead {
  const rank = { priority: 'normal' as const, joinedAt, ticket: joinedAt };
  const since = clock.wallNow() - waitedMs;
  return { ...(shard !== null && { shard }), priority: 'normal', since, rank };
}

test('a bot without any request is listed, with nothing known of it', async () => {
  expect(await maker.make(undefined)).toEqual({
    at: clock.wallNow(),
    bots: {
      [BOT]: {
        permitsPerMinute: 0,
        waiting: 0,
        pauses: {},
        holds: {},
        buckets: {},
        recentPermits: {},
      },
    },
    replicas: {},
    limiter: { available: true },
  });
});

test('P12 the margin in force, what is set, and how many shards seem to have been refused', async () => {
  await open(1);
  await ask(0, 1);
  await clock.advance(intervalMs + marginMs);
  expect((await botOf()).margin).toEqual({ ms: marginMs, setMs: marginMs, refusals: 0 });
  await ask(1, 2);
  await clock.advance(intervalMs + marginMs);
  await clock.advance(intervalMs + marginMs);
  await ask(2);
  const now = clock.wallNow();
  expect((await botOf()).margin).toEqual({
    ms: marginMs + 250,
    setMs: marginMs,
    backAt: now + 600_000,
    refusals: 2,
  });
});

test('limits, budget and every bucket, with when it opens and its last permit', async () => {
  await open(2);
  await ask(1);
  await clock.advance(1000);
  await reportAs(
    'a',
    quietReport({ gatewayInfo: [STATUS], lines: makeLines(queue.lines(), limiter) }),
  );
  const now = clock.wallNow();
  const bot = await botOf();
  expect(bot.limits).toEqual({
    maxConcurrency: 2,
    discordMaxConcurrency: 2,
    total: 1000,
    source: 'discord',
    version: expect.any(Number),
    reportedAt: now - 1000 - intervalMs - marginMs,
    stale: false,
  });
  expect(bot.budget).toMatchObject({ remaining: 899, total: 1000, reserve: 10, forecast: {} });
  expect(bot.budget?.resetAt).toBeGreaterThan(now + 9 * HOUR_MS);
  const [id = ''] = Object.keys(bot.recentPermits);
  expect(id).toMatch(/^default:[\da-f-]{36}$/);
  const permit = { shard: 1, at: now - 1000, status: 'granted' };
  expect(bot.recentPermits).toEqual({ [id]: { ...permit, bucket: 1 } });
  expect(bot.buckets).toEqual({
    0: { bucket: 0, waiting: 0, throttled: 0 },
    1: {
      bucket: 1,
      waiting: 0,
      throttled: 0,
      opensAt: now - 1000 + intervalMs + marginMs,
      lastPermit: { id, ...permit },
    },
  });
  expect(bot.permitsPerMinute).toBe(1);
});

test('P12 permits of the last hour that named no shard are counted, without released ones', async () => {
  await open(1);
  await ask(1);
  expect(await botOf()).not.toHaveProperty('unnamedPermits');
  await clock.advance(intervalMs + marginMs);
  await ask(null);
  const { recentPermits, unnamedPermits } = await botOf();
  expect(unnamedPermits).toBe(1);
  const id = Object.keys(recentPermits).find((key) => !('shard' in (recentPermits[key] ?? {})));
  await limiter.release(BOT, String(id).slice(`${BOT}:`.length));
  expect(await botOf()).not.toHaveProperty('unnamedPermits');
});

test('the lines of two replicas are merged: the first of both heads is the head, and its replica says why it waits', async () => {
  await open(2);
  const second = line(1, {
    waiting: 2,
    head: head(null, 200, 30_000),
    oldestWaitSince: clock.wallNow() - 30_000,
    reason: 'line',
  });
  await reportAs('b', quietReport({ lines: [{ bot: BOT, lines: [second] }] }));
  await clock.advance(500);
  const first = line(1, {
    waiting: 3,
    throttled: 1,
    head: head(5, 100, 7000),
    oldestWaitSince: clock.wallNow() - 9000,
    reason: 'interval',
  });
  await reportAs('a', quietReport({ lines: [{ bot: BOT, lines: [line(0), first] }] }));
  await clock.advance(100);
  const now = clock.wallNow();
  const bot = await botOf();
  expect(bot).toMatchObject({ waiting: 6, oldestWaitSince: now - 30_600 });
  expect(bot.buckets[1]).toEqual({
    bucket: 1,
    waiting: 5,
    throttled: 1,
    head: { shard: 5, priority: 'normal', since: now - 7100 },
    oldestWaitSince: now - 30_600,
    reason: 'interval',
  });
  expect(bot.buckets[0]).toEqual({
    bucket: 0,
    waiting: 1,
    throttled: 0,
    oldestWaitSince: now - 100,
  });
});

test('a line without a head does not hide the head of another replica', async () => {
  await open(1);
  const throttled = line(0, { throttled: 1, reason: 'crash-loop' });
  const moving = line(0, { head: head(null, 1, 0), reason: 'interval' });
  for (const [a, b] of [
    [throttled, moving],
    [moving, throttled],
  ] as const) {
    await reportAs('a', quietReport({ lines: [{ bot: BOT, lines: [a] }] }));
    await reportAs('b', quietReport({ lines: [{ bot: BOT, lines: [b] }] }));
    const { buckets } = await botOf();
    expect(buckets[0]).toMatchObject({ waiting: 2, throttled: 1, reason: 'interval' });
    expect(buckets[0]?.head).not.toHaveProperty('shard');
  }
});

test('the real queue says why its head waits', async () => {
  await open(1);
  await ask(0, 1);
  await reportAs('a', quietReport({ lines: makeLines(queue.lines(), limiter) }));
  expect((await botOf()).buckets[0]?.reason).toBe('interval');
  await limiter.pause({ bot: BOT, bucket: null, reason: 'r', by: 'b', durationMs: null });
  await clock.settle();
  await clock.advance(1000);
  await reportAs('a', quietReport({ lines: makeLines(queue.lines(), limiter) }));
  expect((await botOf()).buckets[0]?.reason).toBe('paused');
});

test('the head of a line waits since its shard first asked, also when it asks again', async () => {
  await open(1);
  await ask(0);
  const hangUp = new AbortController();
  const request = { bot: BOT, shard: 1, priority: 'normal' as const };
  queue.wait(request, hangUp.signal).catch(() => undefined);
  await clock.settle();
  const since = clock.wallNow();
  await clock.advance(1000);
  hangUp.abort();
  await clock.settle();
  await ask(1);
  await reportAs('a', quietReport({ lines: makeLines(queue.lines(), limiter) }));
  const { buckets, oldestWaitSince } = await botOf();
  expect(oldestWaitSince).toBe(since);
  expect(buckets[0]).toMatchObject({ oldestWaitSince: since, head: { shard: 1, since } });
});

test('pauses by scope, and one whose bucket is gone is dormant', async () => {
  await open(4);
  const order = { bot: BOT, by: 'kim', durationMs: null };
  await limiter.pause({ ...order, bucket: null, reason: 'all', durationMs: 60_000 });
  await limiter.pause({ ...order, bucket: 3, reason: 'three' });
  await clock.advance(1000);
  const now = clock.wallNow();
  const since = now - 1000;
  const whole = { reason: 'all', by: 'kim', since, until: now + 59_000, dormant: false };
  const third = { reason: 'three', by: 'kim', since, dormant: false };
  expect((await botOf()).pauses).toEqual({ all: whole, 3: third });
  await open(2);
  expect((await botOf()).pauses).toMatchObject({ all: { dormant: false }, 3: { dormant: true } });
});

test('the info is that of the replica that asks Discord', async () => {
  await open(2);
  const failing = {
    ...STATUS,
    stale: true,
    lastError: 'Discord did not answer.',
    nextTryAt: clock.wallNow() + 9000,
    ignored: { maxConcurrency: 10, from: 'settings' },
  } as const;
  const following = { ...STATUS, leads: false };
  await reportAs('a', quietReport({ gatewayInfo: [following] }));
  await reportAs('b', quietReport({ gatewayInfo: [{ ...STATUS, bot: 'other' }, failing] }));
  const now = clock.wallNow();
  const bot = await botOf();
  expect(bot.limits?.stale).toBe(true);
  expect(bot.info).toEqual({
    replica: 'b',
    stale: true,
    learnedAt: now - intervalMs - marginMs,
    lastError: 'Discord did not answer.',
    nextTryAt: now + 9000,
    ignored: { maxConcurrency: 10, from: 'settings' },
  });
});

test('replicas are shown as they report; a report of another format is left out', async () => {
  await reportAs('a', quietReport({ heldRequests: 7, limiterLatencyMs: null, limiterError: 'no' }));
  await reports.report('b', { format: 99 }, 5000);
  await clock.advance(300);
  const { replicas } = await maker.make(undefined);
  expect(replicas).toEqual({
    a: {
      version: '1.2.3',
      startedAt: Date.UTC(2029, 11, 31),
      heldRequests: 7,
      eventLoopDelayMs: 0.3,
      limiterError: 'no',
      draining: false,
      reportedAt: clock.wallNow() - 300,
    },
  });
});

test('what has not changed stays equal while the wall clock drifts, and moves when it is set', async () => {
  await open(2);
  await ask(1, 0, 2);
  await limiter.pause({ bot: BOT, bucket: 1, reason: 'r', by: 'b', durationMs: 60_000 });
  await reportAs(
    'a',
    quietReport({ gatewayInfo: [STATUS], lines: makeLines(queue.lines(), limiter) }),
  );
  const before = await maker.make(undefined);
  expect(before.bots[BOT]?.buckets[0]?.opensAt).toBeGreaterThan(clock.wallNow());
  clock.jumpWall(249);
  expect(mergePatch(before, await maker.make(before))).toBeUndefined();
  clock.jumpWall(1);
  const jumped = mergePatch(before, await maker.make(before));
  expect(jumped).toMatchObject({ bots: { [BOT]: { limits: { reportedAt: expect.any(Number) } } } });
});

test('a state is made of JSON without any null', async () => {
  await open(2);
  await ask(1, 0, 2, null);
  await reportAs(
    'a',
    quietReport({ gatewayInfo: [STATUS], lines: makeLines(queue.lines(), limiter) }),
  );
  const body = await maker.make(undefined);
  const text = JSON.stringify(body);
  expect(text).not.toContain('null');
  expect(JSON.parse(text)).toStrictEqual(body);
});

test('permits per minute do not count released permits', async () => {
  await open(4);
  await ask(0, 1);
  await clock.advance(50_000);
  await ask(2, 3);
  const [latest] = (await limiter.view(BOT, { base: 1, perBucket: 0, max: 1 })).permits;
  await limiter.release(BOT, latest?.id ?? '');
  expect((await botOf()).permitsPerMinute).toBe(3);
  await clock.advance(10_000);
  expect((await botOf()).permitsPerMinute).toBe(1);
});

test('the newest 50 permits are shown and four more of each bucket, and the last of every bucket', async () => {
  await open(2);
  const shards = Array.from({ length: 62 }, (_, shard) => shard);
  for (const shard of shards) {
    await ask(shard);
    await clock.advance(10_000);
  }
  const { buckets, recentPermits } = await botOf();
  const shown = Object.values(recentPermits).map(({ shard = -1 }) => shard);
  expect(shown.toSorted((a, b) => a - b)).toEqual(shards.slice(4));
  expect(Object.values(buckets).map(({ lastPermit }) => lastPermit?.shard)).toEqual([60, 61]);
});

test('the permits of a boot are all shown for as long as it may become known what becomes of them', async () => {
  await open(64);
  const shards = Array.from({ length: 64 }, (_, shard) => shard);
  for (const shard of shards) {
    await ask(shard);
    await clock.advance(1);
  }
  const { buckets, recentPermits } = await botOf();
  const shown = Object.values(recentPermits).map(({ shard = -1 }) => shard);
  expect(shown.toSorted((a, b) => a - b)).toEqual(shards);
  expect(Object.values(buckets).map(({ lastPermit }) => lastPermit?.shard)).toEqual(shards);
});

test.each([
  [0, 50],
  [1, 54],
  [64, 306],
  [10_000, 1000],
])('P10 with max_concurrency %d at most %d permits are shown', (maxConcurrency, shown) => {
  expect(countOfShownPermits(maxConcurrency)).toBe(shown);
});

test('a budget that lasts until the reset has no end in sight', async () => {
  await open(1);
  await ask(0);
  expect((await botOf()).budget?.forecast).toEqual({});
});

test('a crash loop that takes the budget below the reserve before the reset is foretold', async () => {
  await open(1, 100);
  for (let start = 0; start < 60; start += 1) {
    await ask(0);
    await clock.advance(10_000);
  }
  const { budget } = await botOf();
  expect(budget?.remaining).toBe(40);
  // One start in 10 s, and 30 above the reserve; to the minute.
  const expected = clock.wallNow() + 300_000;
  expect(Math.abs((budget?.forecast.exhaustedAt ?? 0) - expected)).toBeLessThanOrEqual(60_000);
});

test('of a budget that is at the reserve there is nothing to be foretold', async () => {
  await open(1, 11);
  await ask(0);
  const { budget } = await botOf();
  expect(budget?.remaining).toBe(10);
  expect(budget?.forecast).toEqual({});
});

test('while the store is away all stays as it was, and the snapshot says that it is away', async () => {
  await open(2);
  await ask(0);
  await reportAs('a');
  const before = await maker.make(undefined);
  reports.broken = new Error('There is no connection to Redis yet');
  await clock.advance(60_000);
  expect(await maker.make(before)).toEqual({
    ...before,
    at: clock.wallNow(),
    limiter: { available: false, error: 'There is no connection to Redis yet' },
  });
  const unknown = await maker.make(undefined);
  expect(Object.keys(unknown.bots)).toEqual([BOT]);
  reports.broken = undefined;
  expect((await maker.make(before)).limiter).toEqual({ available: true });
});
