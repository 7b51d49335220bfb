import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { BotRefresher } from './bot-refresher.ts';
import { DiscordClient } from './discord-client.ts';
import { RefreshLog } from './refresh-log.ts';
import { FakeDiscord, gatewayBot, json } from './testing/fake-discord.ts';
import { RecordingLimiter } from './testing/recording-limiter.ts';

const HOUR_MS = 3_600_000;
const DOWN = json(500, {});
const REJECTED = json(401, { message: '401: Unauthorized', code: 0 });

let discord: FakeDiscord;
let clock: FakeClock;
let limiter: RecordingLimiter;
let refresher: BotRefresher;
/** How many questions to Discord have begun. */
let asked: number;

const quiet = { log: () => {}, warn: () => {}, debug: () => {} };

function refresherOf(token: Secret | undefined, maxConcurrency?: number): BotRefresher {
  const client = token && new DiscordClient(discord.url, token, clock);
  const counted = client && {
    ask: () => {
      asked++;
      return client.ask();
    },
    abort: () => client.abort(),
  };
  return new BotRefresher(
    { id: 'music', token, maxConcurrency, reserve: 10 },
    {
      clock,
      limiter,
      overrides: { of: async () => undefined },
      discord: counted,
      log: new RefreshLog('music', quiet, clock),
      random: () => 0,
    },
  );
}

/** Lets time pass, and waits for a question that becomes due. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  if (refresher.status().nextTryAt === null) await refresher.refresh();
}

beforeEach(async () => {
  discord = await FakeDiscord.start();
  clock = new FakeClock();
  asked = 0;
  limiter = new RecordingLimiter();
  refresher = refresherOf(new Secret('hunter2'));
});

afterEach(async () => {
  await refresher.stop();
  await discord.stop();
});

test('Discord’s answer reaches the limiter', async () => {
  await refresher.refresh();
  expect(limiter.reports).toMatchObject([
    { bot: 'music', report: { maxConcurrency: 16, source: 'discord' } },
  ]);
  expect(refresher.status()).toEqual({
    bot: 'music',
    leads: false,
    source: 'discord',
    maxConcurrency: 16,
    discordMaxConcurrency: 16,
    ignored: null,
    stale: false,
    lastError: null,
    nextTryAt: null,
  });
});

test('Discord is not asked for a bot without a token', async () => {
  refresher = refresherOf(undefined);
  await refresher.refresh();
  expect(asked).toBe(0);
  expect(refresher.status()).toMatchObject({ source: 'default', maxConcurrency: 1, stale: false });
});

test('before the first answer nothing is known', () => {
  expect(refresher.status()).toMatchObject({ maxConcurrency: null, stale: true });
});

test('refreshes at the same time share one question', async () => {
  await Promise.all([refresher.refresh(), refresher.refresh(), refresher.refreshOnSchedule()]);
  expect(asked).toBe(1);
});

describe('a failure', () => {
  test('keeps the known limits, and shows in the status', async () => {
    await refresher.refresh();
    discord.answer = DOWN;
    await clock.advance(2000);
    await refresher.refresh();
    expect(limiter.reports).toHaveLength(1);
    expect(refresher.status()).toEqual({
      bot: 'music',
      leads: false,
      source: 'discord',
      maxConcurrency: 16,
      discordMaxConcurrency: 16,
      ignored: null,
      stale: true,
      lastError: 'Discord answered bot music with status 500.',
      nextTryAt: clock.wallNow() + 1000,
    });
  });

  test('keeps the limits that the limiter knew from before', async () => {
    limiter.known.set('music', {
      version: 7,
      maxConcurrency: 32,
      discordMaxConcurrency: 32,
      total: 1000,
      remaining: 5,
      resetInMs: HOUR_MS,
      source: 'discord',
      countedByDiscord: true,
    });
    discord.answer = DOWN;
    await refresher.refresh();
    expect(refresher.status()).toMatchObject({ maxConcurrency: 32, stale: true });
  });

  test('keeps no starts that were counted without a token', async () => {
    limiter.known.set('music', {
      version: 1,
      maxConcurrency: 1,
      discordMaxConcurrency: null,
      total: 1000,
      remaining: 1000,
      resetInMs: null,
      source: 'default',
      countedByDiscord: false,
    });
    discord.answer = DOWN;
    await refresher.refresh();
    expect(await limiter.limits('music')).toMatchObject({ remaining: 0 });
  });

  test('does not keep limits that contradict MAX_CONCURRENCY', async () => {
    limiter.known.set('music', {
      version: 1,
      maxConcurrency: 16,
      discordMaxConcurrency: 16,
      total: 1000,
      remaining: 5,
      resetInMs: HOUR_MS,
      source: 'discord',
      countedByDiscord: true,
    });
    discord.answer = DOWN;
    refresher = refresherOf(new Secret('hunter2'), 1);
    await refresher.refresh();
    expect(limiter.reports).toEqual([
      {
        bot: 'music',
        report: { maxConcurrency: 1, discordMaxConcurrency: 16, total: 1000, source: 'override' },
      },
    ]);
  });

  test('is followed by tries with growing waits, until one succeeds', async () => {
    discord.answer = DOWN;
    await refresher.refresh();
    for (const waitMs of [1000, 2000, 4000]) {
      expect(refresher.status().nextTryAt).toBe(clock.wallNow() + waitMs);
      await clock.advance(waitMs - 1);
      expect(refresher.status().nextTryAt).toBe(clock.wallNow() + 1);
      await pass(1);
    }
    discord.answer = gatewayBot();
    await pass(8000);
    expect(refresher.status()).toMatchObject({ stale: false, lastError: null, nextTryAt: null });
    expect(asked).toBe(5);
  });

  test('makes cron wait for the next try, but not an operator', async () => {
    discord.answer = DOWN;
    await refresher.refresh();
    await refresher.refreshOnSchedule();
    expect(asked).toBe(1);
    await refresher.refresh();
    expect(asked).toBe(2);
  });

  test('by a rejected token is followed by longer waits', async () => {
    discord.answer = DOWN;
    await refresher.refresh();
    discord.answer = REJECTED;
    await refresher.refresh();
    expect(refresher.status()).toMatchObject({
      lastError: 'Discord rejected the token of bot music.',
      nextTryAt: clock.wallNow() + 5000,
    });
    await pass(5000);
    expect(refresher.status().nextTryAt).toBe(clock.wallNow() + 10_000);
  });

  test('by a rate limit keeps the operator too from asking until Discord allows it', async () => {
    discord.answer = json(429, {}, { 'retry-after': '120' });
    await refresher.refresh();
    discord.answer = gatewayBot();
    await refresher.refresh();
    await clock.advance(120_000);
    await refresher.refresh();
    expect(asked).toBe(1);
    await pass(1000);
    expect(asked).toBe(2);
    expect(refresher.status().stale).toBe(false);
  });

  test('of the limiter is a failure of the refresh', async () => {
    limiter.failure = new Error('the disk is full');
    await refresher.refresh();
    expect(refresher.status()).toMatchObject({
      maxConcurrency: null,
      lastError: 'The limiter failed to keep the limits of bot music: the disk is full.',
      nextTryAt: clock.wallNow() + 1000,
    });
    limiter.failure = undefined;
    await pass(1000);
    expect(refresher.status().maxConcurrency).toBe(16);
  });
});

describe('when the budget resets', () => {
  test('Discord is asked again', async () => {
    await refresher.refresh();
    await clock.advance(HOUR_MS - 1);
    expect(asked).toBe(1);
    await clock.advance(1);
    expect(asked).toBe(2);
  });

  test('a reset that is always near is asked for at most every 5 s', async () => {
    discord.answer = gatewayBot({ reset_after: 0 });
    await refresher.refresh();
    await clock.advance(4999);
    expect(asked).toBe(1);
  });

  test('a full budget sets no timer for its reset', async () => {
    discord.answer = gatewayBot({ remaining: 1000, reset_after: 0 });
    await refresher.refresh();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('stopped', () => {
  test('it leaves no timer and asks no more', async () => {
    discord.answer = DOWN;
    await refresher.refresh();
    await refresher.stop();
    await refresher.refresh();
    expect(clock.pendingTimers).toBe(0);
    expect(asked).toBe(1);
  });

  test('it aborts the question under way and writes nothing to the limiter', async () => {
    discord.answer = () => {};
    const arrival = discord.arrival();
    const refreshed = refresher.refresh();
    await arrival;
    await refresher.stop();
    await refreshed;
    expect(clock.pendingTimers).toBe(0);
    expect(limiter.reports).toEqual([]);
    expect(refresher.status().lastError).toBeNull();
  });

  test('while it reads the limiter, it does not ask Discord', async () => {
    const lookup = Promise.withResolvers<undefined>();
    limiter.limits = () => lookup.promise;
    const refreshed = refresher.refresh();
    const stopped = refresher.stop();
    lookup.resolve(undefined);
    await Promise.all([refreshed, stopped]);
    expect(asked).toBe(0);
    expect(limiter.reports).toEqual([]);
  });
});
