import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { BotRefresher } from './bot-refresher.ts';
import { RefreshLog } from './refresh-log.ts';
import { LIMIT } from './testing/fake-discord.ts';
import { RecordingLimiter } from './testing/recording-limiter.ts';

const quiet = { log: () => {}, warn: () => {}, debug: () => {} };

let limiter: RecordingLimiter;
let override: number | undefined;
let discordAnswers: () => Promise<unknown>;
let refresher: BotRefresher;

beforeEach(() => {
  limiter = new RecordingLimiter();
  override = undefined;
  discordAnswers = async () => ({ session_start_limit: LIMIT });
  const clock = new FakeClock();
  refresher = new BotRefresher(
    { id: 'music', token: new Secret('hunter2'), maxConcurrency: undefined, reserve: 10 },
    {
      clock,
      limiter,
      overrides: {
        of: async () =>
          override === undefined
            ? undefined
            : { maxConcurrency: override, by: 'kim', reason: 'r', since: 0, version: 1 },
      },
      discord: { ask: () => discordAnswers(), abort: () => undefined },
      log: new RefreshLog('music', quiet, clock),
      random: () => 0,
    },
  );
});

afterEach(() => refresher.stop());

test('an override holds at once, even while Discord does not answer', async () => {
  await refresher.refresh();
  const answers: ((answer: unknown) => void)[] = [];
  discordAnswers = () => new Promise((resolve) => answers.push(resolve));
  override = 4;
  await refresher.applyOverride();
  expect(limiter.known.get('music')).toMatchObject({ maxConcurrency: 4, source: 'override' });
  for (const answer of answers) answer({ session_start_limit: LIMIT });
});

test('an override that is put while a report is written is not undone', async () => {
  const setLimits = limiter.setLimits.bind(limiter);
  limiter.setLimits = async (bot, report) => {
    // At another replica, after this one has read the override.
    if (limiter.reports.length === 0) override = 4;
    return setLimits(bot, report);
  };
  await refresher.refresh();
  expect(limiter.known.get('music')).toMatchObject({ maxConcurrency: 4, source: 'override' });
});

test('when the override is lifted, Discord’s value holds again', async () => {
  override = 4;
  await refresher.refresh();
  override = undefined;
  await refresher.applyOverride();
  await expect
    .poll(() => limiter.known.get('music'))
    .toMatchObject({ maxConcurrency: LIMIT.max_concurrency, source: 'discord' });
});

test('P1 an override that Discord’s new value cannot be divided by is ignored until it can be again', async () => {
  override = 8;
  await refresher.refresh();
  expect(refresher.status()).toMatchObject({ maxConcurrency: 8, ignored: null });
  discordAnswers = async () => ({ session_start_limit: { ...LIMIT, max_concurrency: 12 } });
  await refresher.refresh();
  expect(limiter.known.get('music')).toMatchObject({ maxConcurrency: 12, source: 'discord' });
  expect(refresher.status()).toMatchObject({
    maxConcurrency: 12,
    discordMaxConcurrency: 12,
    ignored: { maxConcurrency: 8, from: 'override' },
  });
  discordAnswers = async () => ({ session_start_limit: LIMIT });
  await refresher.refresh();
  expect(refresher.status()).toMatchObject({ maxConcurrency: 8, ignored: null });
});

test('P1 while Discord does not answer, what was known of it decides over an override', async () => {
  await refresher.refresh();
  discordAnswers = () => Promise.reject(new Error('no answer'));
  override = 12;
  await refresher.applyOverride();
  expect(limiter.known.get('music')).toMatchObject({ maxConcurrency: 16, source: 'discord' });
  expect(refresher.status().ignored).toEqual({ maxConcurrency: 12, from: 'override' });
});

test('P1 limits of which Discord’s part is not known wait for its answer', async () => {
  await limiter.setLimits('music', { maxConcurrency: 4, total: 1000, source: 'default' });
  discordAnswers = () => Promise.reject(new Error('no answer'));
  override = 10;
  await refresher.applyOverride();
  expect(limiter.known.get('music')).toMatchObject({ maxConcurrency: 4 });
});
