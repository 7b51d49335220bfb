import type { DenialReason, Rank, WaitReason } from '@gateway-queue/identify-limiter';
import type { RankedWaiter } from './waiter.ts';
import type { Waiters } from './waiters.ts';

/** The waiter that is next in a line. */
export interface HeadView {
  /** Null when its request names no shard. */
  readonly shard: number | null;
  /** For comparing with the heads of other replicas. */
  readonly rank: Rank;
}

/** Since when a line's oldest waiter has waited. At least one of the two is a moment. */
export interface OldestView {
  /**
   * The earliest `joinedAt` of all ranks in the line, on the store's clock. Since then that shard has waited, or had its
   * place kept. Null while no waiter of the line is enrolled.
   */
  readonly joinedAt: number | null;
  /**
   * When the first request came of those that are not enrolled yet, in ms since the Unix epoch on this replica's wall
   * clock. Null while all waiters of the line are enrolled.
   */
  readonly notEnrolledSince: number | null;
}

/** A bucket's line, as this replica has it; at least one request waits in it. */
export interface LineView {
  readonly bucket: number;
  /** All waiters, with those that are throttled or not enrolled yet. */
  readonly waiting: number;
  /** The waiters that throttling holds back. Others pass them. */
  readonly throttled: number;
  /** Null while all waiters are throttled or not enrolled yet. */
  readonly head: HeadView | null;
  readonly oldest: OldestView;
  /** Why the line did not move when the limiter was last asked; null while that is not known. */
  readonly reason: WaitReason | null;
}

/** The lines of one bot that have waiters, by bucket. */
export interface BotLineView {
  readonly bot: string;
  readonly lines: readonly LineView[];
}

/**
 * The lines that have waiters, by bucket. Takes time by the number of waiters.
 *
 * @param limiterFails whether the limiter's store is away, which then is what all lines wait for
 */
export function viewLines(waiters: Waiters, limiterFails: boolean): LineView[] {
  const tallies = new Map<number, LineTally>();
  const tallyOf = (bucket: number): LineTally => {
    const tally = tallies.get(bucket) ?? new LineTally();
    tallies.set(bucket, tally);
    return tally;
  };
  for (const { bucket, head, line, opening, throttled } of waiters.lines) {
    const tally = tallyOf(bucket);
    tally.head = head;
    tally.denied = opening.denial?.reason;
    for (const waiter of line) tally.addRanked(waiter);
    for (const waiter of throttled) tally.addThrottled(waiter);
  }
  for (const waiter of waiters.joining) {
    if (waiter.state.kind === 'joining') {
      tallyOf(waiters.bucketOf(waiter)).addJoining(waiter.state.since);
    }
  }
  return Array.from(tallies, ([bucket, tally]) => tally.view(bucket, limiterFails))
    .filter(({ waiting }) => waiting > 0)
    .toSorted((a, b) => a.bucket - b.bucket);
}

/** Counts the waiters of one bucket. */
class LineTally {
  head: RankedWaiter | undefined;
  /** Why the limiter last denied the line its permit. */
  denied: DenialReason | undefined;
  #waiting = 0;
  #throttled = 0;
  /** The earliest moment of all ranks. */
  #joinedAt = Infinity;
  /** When the first request came that is not enrolled, on the wall clock. */
  #notEnrolledSince = Infinity;

  addRanked({ state: { rank } }: RankedWaiter): void {
    this.#waiting += 1;
    this.#joinedAt = Math.min(this.#joinedAt, rank.joinedAt);
  }

  addThrottled(waiter: RankedWaiter): void {
    this.addRanked(waiter);
    this.#throttled += 1;
  }

  /** @param since when its request came, in ms since the Unix epoch */
  addJoining(since: number): void {
    this.#waiting += 1;
    this.#notEnrolledSince = Math.min(this.#notEnrolledSince, since);
  }

  view(bucket: number, limiterFails: boolean): LineView {
    const { head } = this;
    return {
      bucket,
      waiting: this.#waiting,
      throttled: this.#throttled,
      head: head ? { shard: head.entry.shard, rank: head.state.rank } : null,
      oldest: {
        joinedAt: momentOrNull(this.#joinedAt),
        notEnrolledSince: momentOrNull(this.#notEnrolledSince),
      },
      reason: limiterFails ? 'limiter-unavailable' : this.#reason(),
    };
  }

  #reason(): WaitReason | null {
    if (this.head === undefined) return this.#throttled > 0 ? 'crash-loop' : null;
    // After these two denials the line is being put in order, and asks again at once.
    if (this.denied === 'limits-changed' || this.denied === 'rank-not-held') return null;
    return this.denied ?? null;
  }
}

function momentOrNull(moment: number): number | null {
  return moment === Infinity ? null : moment;
}
