import type { LimitsOverrides, OperatorRecords, Store } from '@gateway-queue/operator-records';
import { openSqliteStore } from '@gateway-queue/store-sqlite';
import { DEFAULT_RULES, FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Changes } from '../changes.ts';
import { Overriding } from './overriding.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

const KIM = { name: 'kim', role: 'operator', from: '10.0.3.7' } as const;
const ORDER = { maxConcurrency: 4, reason: 'Discord raised it' };
const OUTDATED = { body: { status: 412, code: 'outdated' } };

let clock: FakeClock;
let store: Store;
let records: OperatorRecords;
let applied: string[];
let overriding: Overriding;

beforeEach(() => {
  clock = new FakeClock();
  store = openSqliteStore({
    clock,
    dataDir: ':memory:',
    rules: DEFAULT_RULES,
    placeTtlMs: 90_000,
    maxPlaces: 8,
    replica: 'local',
  });
  ({ records } = store);
  applied = [];
  overriding = overridingOf(records.overrides);
});

afterEach(() => store.close());

function overridingOf(overrides: LimitsOverrides): Overriding {
  const answers = new StoreAnswers(clock);
  return new Overriding(
    overrides,
    store.limiter,
    { applyOverride: async (bot) => void applied.push(bot) },
    answers,
    new Changes(
      records.audit,
      answers,
      { refresh: async () => undefined },
      { forget: () => undefined },
    ),
  );
}

async function written(): Promise<string[]> {
  const entries = await records.audit.page({}, 10);
  return entries.map(({ action }) => action).toReversed();
}

/** Discord has told its max_concurrency. */
async function discordSays(maxConcurrency: number): Promise<void> {
  const limits = { maxConcurrency, discordMaxConcurrency: maxConcurrency, total: 1000 };
  await store.limiter.setLimits('default', { ...limits, source: 'discord' });
}

test.each([3, 10, 12, 32])(
  'P1 an override of %i buckets is refused in words while Discord has 16, and not written down',
  async (maxConcurrency) => {
    await discordSays(16);
    await expect(
      overriding.put('default', { ...ORDER, maxConcurrency }, undefined, KIM),
    ).rejects.toMatchObject({
      body: {
        status: 409,
        code: 'not-a-divisor',
        parameter: 'maxConcurrency',
        detail: expect.stringContaining('so it can be 1, 2, 4, 8 or 16'),
      },
    });
    expect(await overriding.find('default')).toBeUndefined();
    expect(await written()).toEqual([]);
    expect(applied).toEqual([]);
  },
);

test('an override that divides Discord’s value is taken, and any while that is not known', async () => {
  await overriding.put('default', { ...ORDER, maxConcurrency: 12 }, undefined, KIM);
  await discordSays(16);
  await overriding.put('default', { ...ORDER, maxConcurrency: 8 }, undefined, KIM);
  expect((await overriding.find('default'))?.body.maxConcurrency).toBe(8);
});

test('a lift that expects the version that holds lifts it, and is written down', async () => {
  const { version } = await overriding.put('default', ORDER, undefined, KIM);
  await overriding.lift('default', 'over', version, KIM);
  expect(await overriding.find('default')).toBeUndefined();
  expect(await written()).toEqual(['override-limits', 'lift-override']);
  expect(applied).toEqual(['default', 'default']);
});

test('a lift that expects another version lifts nothing, and nothing is written down', async () => {
  const { version } = await overriding.put('default', ORDER, undefined, KIM);
  const newer = await overriding.put('default', ORDER, version, KIM);
  await expect(overriding.lift('default', 'over', version, KIM)).rejects.toMatchObject(OUTDATED);
  expect(await overriding.find('default')).toEqual(newer);
  expect(await written()).toEqual(['override-limits', 'override-limits']);
});

test('without an override a lift that expects a version is refused, and one that expects nothing is not', async () => {
  await expect(overriding.lift('default', 'over', 17, KIM)).rejects.toMatchObject(OUTDATED);
  await overriding.lift('default', 'over', undefined, KIM);
  expect(await written()).toEqual([]);
});

test('a lift that is overtaken between the read and the lift lifts nothing', async () => {
  const { version } = await overriding.put('default', ORDER, undefined, KIM);
  const { overrides } = records;
  const overtaken = overridingOf({
    of: (bot) => overrides.of(bot),
    set: (...args) => overrides.set(...args),
    async lift(bot, ifVersion) {
      await overrides.set(bot, { ...ORDER, by: 'ada' });
      return overrides.lift(bot, ifVersion);
    },
  });
  await expect(overtaken.lift('default', 'over', version, KIM)).rejects.toMatchObject(OUTDATED);
  expect((await overriding.find('default'))?.body.by).toBe('ada');
  expect(applied).toEqual(['default']);
});
