import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { learnLimits } from './learn-limits.ts';
import { LIMIT } from './testing/discord-stand-in.ts';

const bot = {
  id: 'default',
  token: new Secret('hunter2'),
  maxConcurrency: undefined,
  reserve: 10,
};

test('Discord is believed, and the budget is as old as the question', async () => {
  const clock = new FakeClock();
  const discord = {
    ask: async () => {
      await clock.advance(120);
      return { session_start_limit: LIMIT };
    },
  };
  expect(await learnLimits(bot, discord, clock)).toEqual({
    source: 'discord',
    maxConcurrency: 16,
    total: 1000,
    budget: { remaining: 987, resetInMs: 3_600_000, askedMsAgo: 120 },
  });
});

test('the operator overrides max_concurrency, and the budget is still Discord’s', async () => {
  const discord = { ask: async () => ({ session_start_limit: LIMIT }) };
  const report = await learnLimits({ ...bot, maxConcurrency: 2 }, discord, new FakeClock());
  expect(report).toMatchObject({
    source: 'override',
    maxConcurrency: 2,
    budget: { remaining: 987 },
  });
});

test('without a token there are the figures of most bots, and no budget', async () => {
  expect(await learnLimits(bot, undefined, new FakeClock())).toEqual({
    source: 'default',
    maxConcurrency: 1,
    total: 1000,
  });
  expect(await learnLimits({ ...bot, maxConcurrency: 4 }, undefined, new FakeClock())).toEqual({
    source: 'override',
    maxConcurrency: 4,
    total: 1000,
  });
});
