import { expect, test } from 'vitest';

import { StoreClock } from './store-clock.ts';

test('the quickest sample near a moment converts it', () => {
  const clock = new StoreClock();
  clock.sample(1_000_100, 0, 300);
  clock.sample(1_005_001, 5000, 5002);
  expect(clock.toLocal(1_002_000)).toBe(2000);
});

test('a sample from long ago does not count, because clocks drift', () => {
  const clock = new StoreClock();
  clock.sample(1_000_001, 0, 2);
  clock.sample(1_090_060, 90_000, 90_100);
  expect(clock.toLocal(1_090_000)).toBe(89_990);
});
