import type { Denial } from './attempt.ts';
import type { Budget } from './budget.ts';
import { compareRanks, type Rank } from './rank.ts';

/** All that decides about a bucket, on the limiter's clock, once its limits are known and current. */
export interface BucketState {
  /** When the pause that covers the bucket ends: null for not by itself, undefined when none does. */
  readonly pausedUntil: number | null | undefined;
  readonly budget: Budget;
  /** Session starts that are never handed out. */
  readonly reserve: number;
  /** When throttling lets the shard go; undefined when it is not throttled. */
  readonly throttledUntil: number | undefined;
  /** When the bucket may have its next permit. */
  readonly opensAt: number;
  /** The heads of the other live replicas. */
  readonly otherHeads: Iterable<Rank>;
}

/**
 * Whether the head with this rank may have a permit now.
 *
 * @returns null for yes, else the first denial that applies
 */
export function denialFor(bucket: BucketState, rank: Rank, now: number): Denial | null {
  if (bucket.pausedUntil !== undefined) return deny('paused', bucket.pausedUntil, now);
  if (bucket.budget.remaining <= bucket.reserve) {
    return deny('budget', bucket.budget.resetAt ?? bucket.budget.chargedUntil, now);
  }
  if (bucket.throttledUntil !== undefined) return deny('crash-loop', bucket.throttledUntil, now);
  if (bucket.opensAt > now) return deny('interval', bucket.opensAt, now);
  for (const other of bucket.otherHeads) {
    if (compareRanks(other, rank) < 0) return deny('line', null, now);
  }
  return null;
}

function deny(reason: Denial['reason'], until: number | null, now: number): Denial {
  return { granted: false, reason, retryInMs: until === null ? null : until - now };
}
