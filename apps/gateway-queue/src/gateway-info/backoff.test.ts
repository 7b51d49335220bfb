import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import type { Failure } from './failure.ts';

const failure = (kind: Failure['kind'], retryAfterMs = 0) => ({ kind, sentence: '', retryAfterMs });

function waits(kind: Failure['kind']): number[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 5000].map((count) => backoffMs(failure(kind), count, 0));
}

test('waits double, up to a limit', () => {
  expect(waits('passing')).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test('the waits after a rejected token are longer', () => {
  expect(waits('rejected')).toEqual([
    5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
  ]);
});

test('up to a quarter of a wait is left out at random', () => {
  expect(backoffMs(failure('passing'), 3, 1)).toBe(3000);
});

test('a wait is never shorter than Discord asks for', () => {
  expect(backoffMs(failure('rate-limited', 90_000), 1, 1)).toBe(90_000);
  expect(backoffMs(failure('rate-limited', 10), 3, 0)).toBe(4000);
});
