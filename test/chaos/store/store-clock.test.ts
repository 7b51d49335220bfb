import { expect, test } from 'vitest';

import { ClockLine } from './store-clock.ts';

test('the quickest answer around a moment says where it is', () => {
  const line = new ClockLine();
  line.sample(1_000_100, 0, 300);
  line.sample(1_005_001, 5000, 5002);
  expect(line.toHere(1_002_000)).toBe(2000);
});

test('one that is long ago says nothing: clocks go apart', () => {
  const line = new ClockLine();
  line.sample(1_000_001, 0, 2);
  line.sample(1_090_060, 90_000, 90_100);
  expect(line.toHere(1_090_000)).toBe(89_990);
});
