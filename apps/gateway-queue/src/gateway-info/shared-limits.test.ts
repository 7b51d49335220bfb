import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { RateLimitError } from '@discordjs/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { BotRefresher } from './bot-refresher.ts';
import { Ticker } from '../time/ticker.ts';
import { RefreshLog } from './refresh-log.ts';
import { LIMIT } from './testing/fake-discord.ts';
import { RecordingLimiter } from './testing/recording-limiter.ts';

const AWAY = new Error('the server is away');

let clock: FakeClock;
let limiter: RecordingLimiter;
let refresher: BotRefresher;
let ticker: Ticker;
let discordFailure: Error | undefined;
let asked: number;
let said: string[];

beforeEach(() => {
  clock = new FakeClock();
  limiter = new RecordingLimiter();
  discordFailure = undefined;
  asked = 0;
  said = [];
  const say = (line: string) => said.push(line);
  refresher = new BotRefresher(
    { id: 'music', token: new Secret('hunter2'), maxConcurrency: undefined, reserve: 10 },
    {
      clock,
      limiter,
      overrides: { of: async () => undefined },
      discord: {
        async ask() {
          asked += 1;
          if (discordFailure) throw discordFailure;
          return { session_start_limit: LIMIT };
        },
        abort: () => undefined,
      },
      log: new RefreshLog('music', { log: say, warn: say, debug: () => undefined }, clock),
      random: () => 0,
    },
  );
  ticker = new Ticker(clock, () => refresher.sync());
});

afterEach(() => Promise.all([refresher.stop(), ticker.stop()]));

/** Reports limits as another replica does. */
async function reported(maxConcurrency: number): Promise<void> {
  await limiter.setLimits('music', {
    maxConcurrency,
    total: 1000,
    source: 'discord',
    budget: { remaining: 900, resetInMs: 3_600_000, askedMsAgo: 0 },
  });
}

describe('the leader', () => {
  test('asks at once, and then only on schedule', async () => {
    ticker.start();
    await clock.advance(10_000);
    expect(asked).toBe(1);
    await refresher.refreshOnSchedule();
    expect(asked).toBe(2);
    expect(refresher.status()).toMatchObject({ leads: true, maxConcurrency: 16, stale: false });
  });

  test('asks within a second when the limits are lost, and logs the loss once', async () => {
    ticker.start();
    await clock.settle();
    limiter.known.clear();
    await clock.advance(1000);
    expect(asked).toBe(2);
    expect(refresher.status().maxConcurrency).toBe(16);
    expect(said.filter((line) => line.includes('has lost'))).toHaveLength(1);
  });

  test('shows that no limits are known while Discord does not answer after a loss', async () => {
    ticker.start();
    await clock.settle();
    limiter.known.clear();
    discordFailure = new Error('no answer');
    await clock.advance(1000);
    expect(refresher.status()).toMatchObject({ maxConcurrency: null, stale: true });
    // The backoff holds, however often the ticker fires.
    await clock.advance(6000);
    expect(asked).toBe(1 + 3);
  });

  test('asks once the limiter is back, and never while it is away', async () => {
    ticker.start();
    await clock.settle();
    limiter.failure = AWAY;
    await clock.advance(30_000);
    await refresher.refreshOnSchedule();
    expect(asked).toBe(1);
    expect(refresher.status()).toMatchObject({ maxConcurrency: 16, lastError: null });
    limiter.failure = undefined;
    await clock.advance(1000);
    expect(asked).toBe(2);
  });
});

test('stopped, the ticker leaves no timer', async () => {
  ticker.start();
  await refresher.stop();
  await ticker.stop();
  expect(clock.pendingTimers).toBe(0);
});

describe('another replica', () => {
  beforeEach(() => {
    limiter.leading = false;
  });

  test('never asks, and shows what the leader learned', async () => {
    ticker.start();
    await clock.settle();
    expect(refresher.status()).toMatchObject({ leads: false, maxConcurrency: null, stale: true });
    await reported(32);
    await clock.advance(1000);
    await refresher.refreshOnSchedule();
    expect(asked).toBe(0);
    expect(refresher.status()).toMatchObject({ maxConcurrency: 32, stale: false, lastError: null });
    expect(said).toHaveLength(1);
  });

  test('asks within a second of becoming the leader', async () => {
    await reported(32);
    ticker.start();
    await clock.settle();
    limiter.leading = true;
    await clock.advance(1000);
    expect(asked).toBe(1);
    expect(refresher.status()).toMatchObject({ leads: true, maxConcurrency: 16 });
  });

  test('that led before leaves failed tries to the leader', async () => {
    limiter.leading = true;
    discordFailure = new Error('no answer');
    ticker.start();
    await clock.settle();
    expect(refresher.status().lastError).not.toBeNull();
    limiter.leading = false;
    await clock.advance(60_000);
    expect(asked).toBe(1);
    expect(refresher.status()).toMatchObject({ lastError: null, nextTryAt: null });
  });

  test('that led when Discord rate limited it still waits when it leads again', async () => {
    limiter.leading = true;
    discordFailure = new RateLimitError({
      retryAfter: 60_000,
      timeToReset: 60_000,
      sublimitTimeout: 0,
      limit: 1,
      method: 'GET',
      hash: '',
      url: '',
      route: '',
      majorParameter: '',
      global: false,
      scope: 'user',
    });
    ticker.start();
    await clock.settle();
    discordFailure = undefined;
    limiter.leading = false;
    await clock.advance(10_000);
    expect(refresher.status()).toMatchObject({ lastError: null, nextTryAt: null });
    limiter.leading = true;
    await clock.advance(49_999);
    expect(asked).toBe(1);
    await clock.advance(1001);
    expect(asked).toBe(2);
    expect(refresher.status()).toMatchObject({ leads: true, lastError: null, stale: false });
  });
});
