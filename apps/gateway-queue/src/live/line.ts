import type { Rank } from '@gateway-queue/identify-limiter';
import type { BucketBody } from './bodies/bucket.body.ts';
import type { HeadBody } from './bodies/head.body.ts';

/** The head of a line, with the rank by which the heads of several replicas compare. */
export interface RankedHead extends HeadBody {
  readonly rank: Rank;
}

/**
 * What waits for one bucket, at one replica or at several: the part of a {@link BucketBody} that replicas report. At
 * least one request waits in it.
 */
export interface Line extends Omit<
  BucketBody,
  'head' | 'oldestWaitSince' | 'opensAt' | 'lastPermit'
> {
  readonly oldestWaitSince: number;
  /** Absent while all that wait are throttled, or are not enrolled yet. */
  readonly head?: RankedHead;
}

/** The lines of one bot, by bucket. */
export interface BotLines {
  readonly bot: string;
  readonly lines: readonly Line[];
}
