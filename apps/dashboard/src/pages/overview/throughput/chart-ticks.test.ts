import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartTicks } from './chart-ticks.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [5, [0, 2, 4, 6]],
  [18, [0, 5, 10, 15, 20]],
  [181, [0, 50, 100, 150, 200]],
  [192, [0, 50, 100, 150, 200]],
  [2000, [0, 500, 1000, 1500, 2000]],
])('up to %d: %j', (max, ticks) => {
  expect(chartTicks(max)).toEqual(ticks);
});

test('the last tick is at or above the highest bar, and there are at most four steps', () => {
  fc.assert(
    fc.property(fc.nat(), (max) => {
      const ticks = chartTicks(max);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
});
