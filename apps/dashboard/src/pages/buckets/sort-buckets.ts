import type { Bucket } from '../../api/schemas.ts';

/** The value that each key compares; a bucket without the value comes before all that have one. */
const VALUES = {
  number: ({ bucket }) => bucket,
  waiting: ({ waiting }) => waiting,
  reason: ({ reason }) => reason ?? '',
  opens: ({ opensAt }) => opensAt ?? 0,
  // Negative, so that ascending means from the shortest wait to the longest.
  oldest: ({ oldestWaitSince }) => -(oldestWaitSince ?? Infinity),
  last: ({ lastPermit }) => lastPermit?.at ?? 0,
} satisfies Record<string, (bucket: Bucket) => number | string>;

/** What the table of buckets can be sorted by. */
export type SortKey = keyof typeof VALUES;

/** How the table is sorted. */
export interface Sort {
  readonly by: SortKey;
  readonly isDescending: boolean;
}

export function isSortKey(key: string): key is SortKey {
  return Object.hasOwn(VALUES, key);
}

/** @returns a new list; buckets with equal values are in the order of their numbers */
export function sortBuckets(buckets: readonly Bucket[], { by, isDescending }: Sort): Bucket[] {
  const valueOf = VALUES[by];
  return buckets.toSorted((one, other) => {
    const order = compare(valueOf(one), valueOf(other));
    return (isDescending ? -order : order) || one.bucket - other.bucket;
  });
}

/** The sorting after a click on a column: the reverse if the table is sorted by it already. */
export function nextSort({ by, isDescending }: Sort, key: SortKey): Sort {
  return key === by
    ? { by, isDescending: !isDescending }
    : { by: key, isDescending: key !== 'number' };
}

function compare(one: number | string, other: number | string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
