import type { Bot, Bucket, Pause } from '../../api/schemas.ts';
import { isBlocked } from '../../permits/is-blocked.ts';

/** A bucket with what else is to be known to list it. */
export interface NumberedBucket {
  readonly number: number;
  /** The same object as long as nothing of it changes. */
  readonly bucket: Bucket;
  /** Its own pause, not that of the whole bot. */
  readonly pause: Pause | undefined;
}

/** What of the buckets is shown. */
export type Show = 'all' | 'waiting' | 'held' | 'paused';

/** All buckets by their numbers. */
export function numberedBuckets({ buckets, pauses }: Bot): NumberedBucket[] {
  return Object.entries(buckets).map(([name, bucket]) => ({
    number: Number(name),
    bucket,
    pause: pauses[name],
  }));
}

/** Whether a bucket is among those shown. */
export function isShown({ bucket, pause }: NumberedBucket, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'waiting':
      return bucket.waiting > 0;
    case 'held':
      return isBlocked(bucket);
    case 'paused':
      return pause !== undefined;
  }
}
