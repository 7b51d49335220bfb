import type { BucketBody } from '../bodies/bucket.body.ts';
import type { HeadBody } from '../bodies/head.body.ts';
import type { LastPermitBody } from '../bodies/last-permit.body.ts';
import type { Line, RankedHead } from '../line.ts';
import { momentMember } from './moment-member.ts';

/** What a bucket is made of beside its number. */
export interface BucketParts {
  /** Undefined while no request waits. */
  readonly line: Line | undefined;
  /** When the bucket opens; undefined while the limits are unknown. */
  readonly opensAt: number | undefined;
  readonly lastPermit: LastPermitBody | undefined;
}

/** @param now when the parts were read; a bucket that is open by then has no `opensAt` */
export function makeBucket(
  bucket: number,
  { lastPermit, line, opensAt = 0 }: BucketParts,
  now: number,
): BucketBody {
  const { head, ...shown } = line ?? { bucket, waiting: 0, throttled: 0 };
  return {
    ...shown,
    ...(head && { head: toHead(head) }),
    ...momentMember('opensAt', opensAt > now ? opensAt : null),
    ...(lastPermit && { lastPermit }),
  };
}

function toHead({ rank: _rank, ...head }: RankedHead): HeadBody {
  return head;
}
