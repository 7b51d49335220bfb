import { expect, test } from 'vitest';
import type { Permit } from '../api/schemas.ts';
import { repeatedStarts } from './repeated-starts.ts';

function permit(
  shard: number | undefined,
  at: number,
  status: Permit['status'] = 'confirmed',
): Permit {
  return { id: `${shard}.${at}`, bucket: 1, at, status, ...(shard !== undefined && { shard }) };
}

/** `count` permits of a shard, newest first; the newest at `lastAt`. */
function many(count: number, shard: number | undefined, lastAt: number): Permit[] {
  return Array.from({ length: count }, (_, index) => permit(shard, lastAt - index));
}

test('names shards with three or more permits, those with the most first', () => {
  expect(repeatedStarts([...many(3, 7, 900), ...many(5, 3, 800), ...many(2, 5, 700)])).toEqual([
    { shard: 3, bucket: 1, starts: 5, lastAt: 800 },
    { shard: 7, bucket: 1, starts: 3, lastAt: 900 },
  ]);
});

test('counts neither released permits nor permits without a shard', () => {
  const back = permit(7, 990, 'released');
  expect(repeatedStarts([back, ...many(2, 7, 900), ...many(9, undefined, 800)])).toEqual([]);
});

test('puts the latest start first among equal counts, and names at most ten shards', () => {
  const permits = Array.from({ length: 12 }, (_, shard) => many(3, shard, 1000 - shard)).flat();
  expect(repeatedStarts(permits).map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
