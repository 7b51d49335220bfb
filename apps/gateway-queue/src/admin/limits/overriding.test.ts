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
