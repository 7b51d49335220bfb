import type { BucketBody } from '../bodies/bucket.body.ts';
import type { HeadBody } from '../bodies/head.body.ts';
import type { LastPermitBody } from '../bodies/last-permit.body.ts';
import type { MergedLine } from './merge-lines.ts';
import { momentMember } from './moment-member.ts';
import { steady, steadyMember } from './steady.ts';

/** What a bucket is made of. */
export interface BucketParts {
  readonly line: MergedLine | undefined;
  /** When it opens; undefined while the limits are unknown. */
  readonly opensAt: number | undefined;
  readonly lastPermit: LastPermitBody | undefined;
}

export function makeBucket(
  { lastPermit, line, opensAt = 0 }: BucketParts,
  now: number,
  before: BucketBody | undefined,
): BucketBody {
  return {
    waiting: line?.waiting ?? 0,
    throttled: line?.throttled ?? 0,
    ...(line?.head && { head: makeHead(line.head, before?.head) }),
    ...steadyMember('oldestWaitSince', line?.oldestWaitSince, before),
    ...momentMember('opensAt', opensAt > now ? opensAt : null),
    ...(lastPermit && { lastPermit }),
    ...(line?.reason && { reason: line.reason }),
  };
}

function makeHead(
  { rank, shard, since }: NonNullable<MergedLine['head']>,
  before: HeadBody | undefined,
): HeadBody {
  return {
    ...(shard !== null && { shard }),
    priority: rank.priority,
    since: steady(since, before?.since),
  };
}
