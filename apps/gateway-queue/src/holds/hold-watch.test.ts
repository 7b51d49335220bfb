import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { at, HeldBot, INTERVAL_MS, MINUTE_MS, RESERVE, WINDOW_MS } from './testing/held-bot.ts';

let bot: HeldBot;

beforeEach(() => {
  bot = new HeldBot();
  onTestFinished(() => bot.end());
});

test('P12 a line that moves is no hold, and the limiter is not asked', async () => {
  await bot.setStarts(900);
  for (const shard of [0, 2, 4]) await bot.ask(shard);
  await bot.clock.advance(2 * MINUTE_MS);
  expect([bot.watch.holds, bot.warned, bot.told]).toEqual([[], [], []]);
  expect(bot.views).toBe(0);
});

test('P12 a budget at its reserve is logged once with its figures, and once when it is over', async () => {
  await bot.setStarts(RESERVE);
  for (const shard of [0, 1, 2]) await bot.ask(shard);
  const askedAt = bot.clock.wallNow();
  await bot.clock.advance(5 * MINUTE_MS);
  const { since = 0 } = bot.watch.holds[0] ?? {};
  expect(since - askedAt).toBeLessThanOrEqual(1000);
  const reset = at(await bot.resetAt());
  expect(bot.warned).toEqual([
    `Bot default has 10 of 1000 session starts left, and its reserve is 10: no permit is given until their reset at ${reset}. ` +
      `This holds back 3 requests, since ${at(since)}.`,
  ]);
  expect(bot.watch.holds).toMatchObject([
    { bot: 'default', reason: 'budget', bucket: null, waiting: 3 },
  ]);

  await bot.setStarts(900);
  await bot.clock.advance(2000);
  expect([bot.watch.holds, bot.warned.length]).toEqual([[], 1]);
  expect(bot.told).toEqual([
    `Bot default has session starts above its reserve again: what held requests back since ${at(since)} is over.`,
  ]);
});

test('P12 clients that hang up and ask again do not make another hold of it', async () => {
  await bot.setStarts(RESERVE);
  for (let minute = 0; minute < 5; minute += 1) {
    const hangUp = await bot.ask(0);
    await bot.clock.advance(MINUTE_MS / 2);
    hangUp();
    await bot.clock.advance(MINUTE_MS / 2);
    expect(bot.watch.holds).toMatchObject([{ reason: 'budget', waiting: 0 }]);
  }
  expect([bot.warned.length, bot.told]).toEqual([1, []]);
});

test('P12 a hold that lasts is logged again every ten minutes', async () => {
  await bot.setStarts(900);
  await bot.pause(null, null);
  await bot.ask(0);
  await bot.clock.advance(29 * MINUTE_MS);
  expect(bot.warned).toHaveLength(3);
});

test('P12 a hold that is over within two seconds is not logged', async () => {
  await bot.setStarts(900);
  await bot.pause(null, 1500);
  await bot.ask(0);
  await bot.clock.advance(MINUTE_MS);
  expect([bot.warned, bot.told]).toEqual([[], []]);
});

describe('P12 a pause', () => {
  test('is logged with who ordered it, why, and its end', async () => {
    await bot.setStarts(900);
    await bot.ask(0);
    const { since, until } = await bot.pause(null, MINUTE_MS);
    for (const shard of [0, 1, 2]) await bot.ask(shard);
    await bot.clock.advance(10_000);
    expect(bot.warned).toEqual([
      `Bot default is paused by kim, until ${at(until ?? 0)}: "Deploying". ` +
        `This holds back 3 requests, since ${at(since)}.`,
    ]);
    await bot.clock.advance(MINUTE_MS);
    expect(bot.told).toEqual([
      `Bot default is not paused any more: what held requests back since ${at(since)} is over.`,
    ]);
  });

  test('of a bucket is a hold of the bucket, once a request waits there', async () => {
    await bot.setStarts(900);
    await bot.pause(1, null);
    await bot.ask(0);
    await bot.clock.advance(10_000);
    expect(bot.watch.holds).toEqual([]);
    await bot.ask(1);
    await bot.clock.advance(10_000);
    expect(bot.watch.holds).toMatchObject([
      { reason: 'paused', bucket: 1, waiting: 1, until: null },
    ]);
    expect(bot.warned).toEqual([
      expect.stringMatching(
        /^Bucket 1 of bot default is paused by kim, until an operator resumes it: "Deploying"[.]/,
      ),
    ]);
  });

  test('that replaces another is logged, and the first is not called over', async () => {
    await bot.setStarts(900);
    await bot.pause(null, null);
    await bot.ask(0);
    await bot.clock.advance(10_000);
    await bot.pause(null, null, 'Discord has an incident');
    await bot.clock.advance(10_000);
    expect(bot.warned).toEqual([
      expect.stringContaining('"Deploying"'),
      expect.stringContaining('"Discord has an incident"'),
    ]);
    expect(bot.told).toEqual([]);
  });
});

describe('P12 throttling', () => {
  test('is logged once, with its end, while other shards pass; and once when it is over', async () => {
    await bot.setStarts(300);
    await bot.ask(0);
    await bot.clock.advance(INTERVAL_MS);
    await bot.ask(0);
    await bot.clock.advance(MINUTE_MS);
    await bot.ask(2);
    expect(bot.watch.holds).toMatchObject([
      { reason: 'crash-loop', waiting: 1, until: expect.any(Number) },
    ]);
    expect(bot.warned).toEqual([
      expect.stringMatching(
        /^Shards of bot default that start again and again are throttled until .* This holds back 1 request, /,
      ),
    ]);
    await bot.clock.advance(WINDOW_MS);
    expect(bot.watch.holds).toEqual([]);
    expect(bot.told).toEqual([
      expect.stringContaining('No shard of bot default is throttled any more'),
    ]);
  });

  test.each([
    ['a refresh brings more starts than its share', () => bot.setStarts(900)],
    ['the place of its shard is gone', () => bot.clock.advance(90_000)],
  ])('is over without a waiter when %s', async (_when, end) => {
    await bot.setStarts(300);
    await bot.ask(0);
    await bot.clock.advance(INTERVAL_MS);
    const hangUp = await bot.ask(0);
    await bot.clock.advance(10_000);
    hangUp();
    await bot.clock.advance(10_000);
    expect(bot.watch.holds).toMatchObject([{ reason: 'crash-loop', waiting: 0 }]);
    await end();
    await bot.clock.advance(2000);
    expect([bot.watch.holds, bot.warned.length, bot.told.length]).toEqual([[], 1, 1]);
  });
});

test('P12 unknown limits are logged once, and once when they are known', async () => {
  await bot.ask(0);
  await bot.clock.advance(MINUTE_MS);
  expect(bot.warned).toEqual([
    expect.stringMatching(
      /^The limits of bot default are not known, so it is given no permit[.] This holds back 1 request, /,
    ),
  ]);
  await bot.setStarts(900);
  await bot.clock.advance(2000);
  expect(bot.told).toEqual([expect.stringContaining('The limits of bot default are known now')]);
});

test('P12 an outage of the store is logged once, and what held before is not called over by it', async () => {
  await bot.setStarts(900);
  await bot.pause(null, null);
  await bot.ask(0);
  await bot.clock.advance(5000);
  bot.isAway = true;
  await bot.clock.advance(MINUTE_MS);
  expect(bot.watch.holds).toMatchObject([
    { reason: 'paused', waiting: 0 },
    { reason: 'limiter-unavailable', waiting: 1 },
  ]);
  bot.isAway = false;
  await bot.clock.advance(5000);
  expect(bot.watch.holds).toMatchObject([{ reason: 'paused', waiting: 1 }]);
  expect(bot.warned.slice(1)).toEqual([
    expect.stringMatching(
      /^The limiter's store does not answer [(]the disk is full[)], so bot default is given no permit[.]/,
    ),
  ]);
  expect(bot.told).toEqual([
    expect.stringContaining("The limiter's store answers for bot default again"),
  ]);
});

describe('P12 a probe', () => {
  test('is told at once that a hold is over', async () => {
    await bot.setStarts(900);
    await bot.pause(null, 10_000);
    await bot.ask(0);
    await bot.clock.advance(10_001);
    // As observed before the end of the pause.
    expect(bot.watch.holds).toMatchObject([{ reason: 'paused' }]);
    expect(await bot.watch.current(900)).toEqual([]);
  });

  test('does not wait for a store that is slow', async () => {
    await bot.setStarts(RESERVE);
    await bot.ask(0);
    await bot.clock.advance(MINUTE_MS);
    bot.viewTakesMs = MINUTE_MS;
    await bot.setStarts(900);
    const probed = bot.watch.current(900);
    await bot.clock.advance(900);
    expect(await probed).toMatchObject([{ reason: 'budget' }]);
    bot.viewTakesMs = 0;
    await bot.clock.advance(2 * MINUTE_MS);
    expect(await bot.watch.current(900)).toEqual([]);
  });
});

test('P12 the end of the service leaves no timer', async () => {
  await bot.clock.advance(1000);
  await bot.watch.onModuleDestroy();
  expect(bot.clock.pendingTimers).toBe(0);
});
