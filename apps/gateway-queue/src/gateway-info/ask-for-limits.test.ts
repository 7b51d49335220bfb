import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { askForLimits } from './ask-for-limits.ts';
import { LIMIT } from './testing/fake-discord.ts';
import type { WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/** As an operator's override. */
const wanting = (maxConcurrency: number): WantedMaxConcurrency => ({
  maxConcurrency,
  from: 'override',
});

const nothingWanted = async (): Promise<undefined> => undefined;

test('the report has Discord’s figures, and its budget is as old as the question', async () => {
  const clock = new FakeClock();
  const discord = {
    ask: async () => {
      await clock.advance(120);
      return { session_start_limit: LIMIT };
    },
  };
  expect(await askForLimits(discord, nothingWanted, clock)).toEqual({
    source: 'discord',
    maxConcurrency: 16,
    discordMaxConcurrency: 16,
    total: 1000,
    budget: { remaining: 987, resetInMs: 3_600_000, askedMsAgo: 120 },
  });
});

test('an override replaces max_concurrency, and the budget is still Discord’s', async () => {
  const discord = { ask: async () => ({ session_start_limit: LIMIT }) };
  const report = await askForLimits(discord, async () => wanting(2), new FakeClock());
  expect(report).toMatchObject({
    source: 'override',
    maxConcurrency: 2,
    discordMaxConcurrency: 16,
    budget: { remaining: 987 },
  });
});

test('without a token the report has the figures of most bots, and no budget', async () => {
  expect(await askForLimits(undefined, nothingWanted, new FakeClock())).toEqual({
    source: 'default',
    maxConcurrency: 1,
    total: 1000,
  });
  expect(await askForLimits(undefined, async () => wanting(4), new FakeClock())).toEqual({
    source: 'override',
    maxConcurrency: 4,
    total: 1000,
  });
});

test('an override that is put while Discord is asked counts', async () => {
  let wanted: WantedMaxConcurrency | undefined;
  const discord = {
    ask: async () => {
      wanted = wanting(4);
      return { session_start_limit: LIMIT };
    },
  };
  const report = await askForLimits(discord, async () => wanted, new FakeClock());
  expect(report).toMatchObject({ source: 'override', maxConcurrency: 4 });
});
