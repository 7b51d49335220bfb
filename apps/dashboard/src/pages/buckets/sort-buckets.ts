import type { NumberedBucket } from './numbered-bucket.ts';

/** What buckets can be sorted by. */
export type SortKey = 'number' | 'waiting' | 'oldest' | 'opens' | 'last' | 'reason';

/** How they are sorted. */
export interface Sort {
  readonly by: SortKey;
  readonly isDescending: boolean;
}

/** What each key compares; what has none is smaller than all that have one. */
const VALUES: Readonly<Record<SortKey, (bucket: NumberedBucket) => number | string>> = {
  number: ({ number }) => number,
  waiting: ({ bucket }) => bucket.waiting,
  // The oldest wait is the longest one.
  oldest: ({ bucket }) => -(bucket.oldestWaitSince ?? Infinity),
  opens: ({ bucket }) => bucket.opensAt ?? 0,
  last: ({ bucket }) => bucket.lastPermit?.at ?? 0,
  reason: ({ bucket }) => bucket.reason ?? '',
};

/** @returns another list; equal ones stand by their numbers */
export function sortBuckets(
  buckets: readonly NumberedBucket[],
  { by, isDescending }: Sort,
): NumberedBucket[] {
  const valueOf = VALUES[by];
  return buckets.toSorted((one, other) => {
    const order = compare(valueOf(one), valueOf(other));
    return (isDescending ? -order : order) || one.number - other.number;
  });
}

/** The sorting after somebody asked for one by this key: the other way round if it is that already. */
export function nextSort({ by, isDescending }: Sort, key: SortKey): Sort {
  return key === by
    ? { by, isDescending: !isDescending }
    : { by: key, isDescending: key !== 'number' };
}

function compare(one: number | string, other: number | string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
