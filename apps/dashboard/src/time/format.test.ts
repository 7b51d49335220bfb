import { expect, test } from 'vitest';
import { formatCount, formatCountOf, formatDuration } from './format.ts';

test.each([
  [-5, '0 s'],
  [499, '0 s'],
  [5250, '5 s'],
  [59_600, '1 min'],
  [65_000, '1 min 5 s'],
  [3_599_000, '59 min 59 s'],
  [3_600_000, '1 h'],
  [5 * 3_600_000 + 12 * 60_000, '5 h 12 min'],
  [86_400_000, '1 d'],
  [30 * 3_600_000, '1 d 6 h'],
])('%s ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('counts have separators', () => {
  expect(formatCount(12_345)).toBe('12,345');
});

test('a noun is in the plural for every count but one', () => {
  expect([0, 1, 2000].map((count) => formatCountOf(count, 'bot'))).toEqual([
    '0 bots',
    '1 bot',
    '2,000 bots',
  ]);
});
