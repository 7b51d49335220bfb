import { BUCKET_DENIALS, type BucketDenial, type Denial } from './attempt.ts';
import type { Budget } from './budget.ts';
import { compareRanks, type Rank } from './rank.ts';

/** All that decides about a bucket, on the limiter's clock, once its limits are known and current. */
export interface DecisionInput {
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

/** When a denial ends: null for not by itself, undefined when it does not apply. */
type Until = number | null | undefined;

/** How each denial is decided. */
const UNTIL: {
  readonly [Reason in BucketDenial]: (bucket: DecisionInput, rank: Rank, now: number) => Until;
} = {
  paused: ({ pausedUntil }) => pausedUntil,
  budget: ({ budget, reserve }) =>
    budget.remaining <= reserve ? (budget.resetAt ?? budget.chargedUntil) : undefined,
  'crash-loop': ({ throttledUntil }) => throttledUntil,
  interval: ({ opensAt }, _rank, now) => (opensAt > now ? opensAt : undefined),
  line: ({ otherHeads }, rank) => (isFirst(rank, otherHeads) ? undefined : null),
};

/**
 * Whether the head with this rank may have a permit now.
 *
 * @returns null for yes, else the first denial that applies
 */
export function denialFor(bucket: DecisionInput, rank: Rank, now: number): Denial | null {
  for (const reason of BUCKET_DENIALS) {
    const until = UNTIL[reason](bucket, rank, now);
    if (until !== undefined) {
      return { granted: false, reason, retryInMs: until === null ? null : until - now };
    }
  }
  return null;
}

function isFirst(rank: Rank, others: Iterable<Rank>): boolean {
  for (const other of others) if (compareRanks(other, rank) < 0) return false;
  return true;
}
