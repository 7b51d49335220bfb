import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { askForLimits } from './ask-for-limits.ts';
import { LIMIT } from './testing/fake-discord.ts';

const noOverride = async (): Promise<undefined> => undefined;

test('the report has Discord’s figures, and its budget is as old as the question', async () => {
  const clock = new FakeClock();
  const discord = {
    ask: async () => {
      await clock.advance(120);
      return { session_start_limit: LIMIT };
    },
  };
  expect(await askForLimits(discord, noOverride, clock)).toEqual({
    source: 'discord',
    maxConcurrency: 16,
    total: 1000,
    budget: { remaining: 987, resetInMs: 3_600_000, askedMsAgo: 120 },
  });
});

test('an override replaces max_concurrency, and the budget is still Discord’s', async () => {
  const discord = { ask: async () => ({ session_start_limit: LIMIT }) };
  const report = await askForLimits(discord, async () => 2, new FakeClock());
  expect(report).toMatchObject({
    source: 'override',
    maxConcurrency: 2,
    budget: { remaining: 987 },
  });
});

test('without a token the report has the figures of most bots, and no budget', async () => {
  expect(await askForLimits(undefined, noOverride, new FakeClock())).toEqual({
    source: 'default',
    maxConcurrency: 1,
    total: 1000,
  });
  expect(await askForLimits(undefined, async () => 4, new FakeClock())).toEqual({
    source: 'override',
    maxConcurrency: 4,
    total: 1000,
  });
});

test('an override that is put while Discord is asked counts', async () => {
  let override: number | undefined;
  const discord = {
    ask: async () => {
      override = 4;
      return { session_start_limit: LIMIT };
    },
  };
  const report = await askForLimits(discord, async () => override, new FakeClock());
  expect(report).toMatchObject({ source: 'override', maxConcurrency: 4 });
});
