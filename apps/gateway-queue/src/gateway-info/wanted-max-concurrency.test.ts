import { expect, test } from 'vitest';
import { divisorRule, ignoredOf, inPlaceOf } from './wanted-max-concurrency.ts';

const wanting = (maxConcurrency: number) => ({ maxConcurrency, from: 'settings' }) as const;

test.each([8, 4, 2, 1])('P1 %i buckets in place of Discord’s 16 hold', (maxConcurrency) => {
  const wanted = wanting(maxConcurrency);
  expect(inPlaceOf(16, wanted)).toEqual({
    maxConcurrency,
    discordMaxConcurrency: 16,
    source: 'override',
  });
  expect(ignoredOf(16, wanted)).toBeNull();
});

test.each([10, 12, 32])('P1 %i buckets in place of Discord’s 16 are ignored', (maxConcurrency) => {
  const wanted = wanting(maxConcurrency);
  expect(inPlaceOf(16, wanted)).toEqual({
    maxConcurrency: 16,
    discordMaxConcurrency: 16,
    source: 'discord',
  });
  expect(ignoredOf(16, wanted)).toBe(wanted);
});

test('nothing is ignored while Discord’s value is not known, or nothing is wanted', () => {
  expect(ignoredOf(null, wanting(10))).toBeNull();
  expect(ignoredOf(16, undefined)).toBeNull();
  expect(inPlaceOf(16, undefined)).toMatchObject({ maxConcurrency: 16, source: 'discord' });
});

test.each([
  [1, 'so it can be 1:'],
  [2, 'so it can be 1 or 2:'],
  [16, 'so it can be 1, 2, 4, 8 or 16:'],
])('the rule for %i names what is possible', (discords, words) => {
  expect(divisorRule(discords)).toContain(words);
});
