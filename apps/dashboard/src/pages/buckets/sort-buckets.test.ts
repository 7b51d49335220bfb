import { expect, test } from 'vitest';
import type { Bucket } from '../../api/schemas.ts';
import { isShown } from './shows.ts';
import { nextSort, sortBuckets, type SortKey } from './sort-buckets.ts';

function numbered(bucket: number, rest: Partial<Bucket> = {}): Bucket {
  return { bucket, waiting: 0, throttled: 0, ...rest };
}

const BUCKETS = [
  numbered(0),
  numbered(1, { waiting: 3, oldestWaitSince: 500, opensAt: 900, reason: 'paused' }),
  numbered(2, { waiting: 9, oldestWaitSince: 800, opensAt: 700, reason: 'interval' }),
  numbered(10, { waiting: 3, oldestWaitSince: 600, opensAt: 800, reason: 'interval' }),
];

test.each<[SortKey, boolean, number[]]>([
  ['number', false, [0, 1, 2, 10]],
  ['waiting', true, [2, 1, 10, 0]],
  ['oldest', true, [1, 10, 2, 0]],
  ['opens', false, [0, 2, 10, 1]],
  ['reason', true, [1, 2, 10, 0]],
])('by %s, descending: %s', (by, isDescending, order) => {
  expect(sortBuckets(BUCKETS, { by, isDescending }).map(({ bucket }) => bucket)).toEqual(order);
});

test('the same key again reverses the order', () => {
  const byWaiting = nextSort({ by: 'number', isDescending: false }, 'waiting');
  expect(byWaiting).toEqual({ by: 'waiting', isDescending: true });
  expect(nextSort(byWaiting, 'waiting')).toEqual({ by: 'waiting', isDescending: false });
});

test('blocked buckets wait for something else than the interval', () => {
  const blocked = BUCKETS.filter((bucket) => isShown(bucket, {}, 'blocked'));
  expect(blocked.map(({ bucket }) => bucket)).toEqual([1]);
});
