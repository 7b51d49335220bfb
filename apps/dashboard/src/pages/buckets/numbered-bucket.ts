import type { Bot, Bucket, Pause } from '../../api/schemas.ts';

/** A bucket with its number and its pause. */
export interface NumberedBucket {
  readonly number: number;
  /** The same object as long as no value in it changes. */
  readonly bucket: Bucket;
  /** The pause of this bucket alone, not that of the whole bot. */
  readonly pause: Pause | undefined;
}

/** All buckets of a bot, in the order of their numbers. */
export function numberedBuckets({ buckets, pauses }: Bot): NumberedBucket[] {
  return Object.entries(buckets).map(([name, bucket]) => ({
    number: Number(name),
    bucket,
    pause: pauses[name],
  }));
}
