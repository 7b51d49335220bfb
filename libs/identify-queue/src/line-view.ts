import type { DenialReason, Rank } from '@gateway-queue/identify-limiter';
import type { Line } from './line.ts';
import type { WaitReason } from './estimate.ts';
import type { RankedWaiter, Waiter } from './waiter.ts';

/** Who is next in a line. */
export interface HeadView {
  /** Null when its request names no shard. */
  readonly shard: number | null;
  /** For comparing with the heads of other replicas. */
  readonly rank: Rank;
  /** Ms since its request came; its shard may have waited before. */
  readonly waitedMs: number;
}

/** Since when the waiters of a line have waited that have waited for longest. At least one of the two is a moment. */
export interface OldestView {
  /**
   * When the first of the enrolled waiters joined, by its rank: on the store's clock. Its shard has waited, or had its
   * place kept, since then. Null while no waiter of the line is enrolled.
   */
  readonly joinedAt: number | null;
  /**
   * When the first request came that is not enrolled yet: in ms since the Unix epoch, on this replica's wall clock.
   * Null while every waiter of the line is enrolled.
   */
  readonly notEnrolledSince: number | null;
}

/** A bucket's line, as this replica has it; at least one request waits in it. */
export interface LineView {
  readonly bucket: number;
  /** Everybody, also who is throttled, and who has no rank yet. */
  readonly waiting: number;
  /** Those of them that throttling holds back; others pass them. */
  readonly throttled: number;
  /** Null while all that wait are throttled, or have no rank yet. */
  readonly head: HeadView | null;
  readonly oldest: OldestView;
  /** Ms since the first request came of those that wait. */
  readonly oldestWaitMs: number;
  /** Why the line did not move when the limiter was last asked; null while that is not known. */
  readonly reason: WaitReason | null;
}

/** The lines of one bot in which somebody waits, by bucket. */
export interface BotLineView {
  readonly bot: string;
  readonly lines: readonly LineView[];
}

/** Counts who waits for one bucket. */
export class LineTally {
  #waiting = 0;
  #throttled = 0;
  /** When the first of them came, on the queue's clock. */
  #since = Infinity;
  /** The first of the ranks' moments. */
  #joinedAt = Infinity;
  /** When the first request came that is not enrolled, on the wall clock. */
  #notEnrolledSince = Infinity;
  #head: RankedWaiter | undefined;
  #denied: DenialReason | undefined;

  /** @param denied what the limiter last said of the line */
  ranked(
    line: Line<RankedWaiter>,
    throttled: Iterable<RankedWaiter>,
    denied: DenialReason | undefined,
  ): void {
    this.#head = line.first;
    this.#denied = denied;
    for (const waiter of line) this.#enrolled(waiter);
    for (const waiter of throttled) {
      this.#enrolled(waiter);
      this.#throttled += 1;
    }
  }

  /** Counts a waiter that is not enrolled yet. */
  unranked(waiter: Waiter): void {
    this.#count(waiter);
    this.#notEnrolledSince = Math.min(this.#notEnrolledSince, waiter.cameAt);
  }

  /** Undefined when nobody waits. */
  view(bucket: number, now: number, limiterFails: boolean): LineView | undefined {
    if (this.#waiting === 0) return undefined;
    const head = this.#head;
    return {
      bucket,
      waiting: this.#waiting,
      throttled: this.#throttled,
      head: head ? { shard: head.entry.shard, rank: head.rank, waitedMs: now - head.since } : null,
      oldest: {
        joinedAt: momentOrNull(this.#joinedAt),
        notEnrolledSince: momentOrNull(this.#notEnrolledSince),
      },
      oldestWaitMs: now - this.#since,
      reason: limiterFails ? 'limiter-unavailable' : this.#reason(),
    };
  }

  #enrolled(waiter: RankedWaiter): void {
    this.#count(waiter);
    this.#joinedAt = Math.min(this.#joinedAt, waiter.rank.joinedAt);
  }

  #count({ since }: Waiter): void {
    this.#waiting += 1;
    if (since < this.#since) this.#since = since;
  }

  #reason(): WaitReason | null {
    if (this.#head === undefined) return this.#throttled > 0 ? 'crash-loop' : null;
    // Of these two the line is just being sorted out.
    if (this.#denied === 'limits-changed' || this.#denied === 'rank-not-held') return null;
    return this.#denied ?? null;
  }
}

function momentOrNull(moment: number): number | null {
  return moment === Infinity ? null : moment;
}

/** Counts who waits, by bucket. */
export class LineTallies {
  readonly #tallies = new Map<number, LineTally>();

  of(bucket: number): LineTally {
    const existing = this.#tallies.get(bucket);
    if (existing !== undefined) return existing;
    const tally = new LineTally();
    this.#tallies.set(bucket, tally);
    return tally;
  }

  /** @param now on the queue's clock */
  views(now: number, limiterFails: boolean): LineView[] {
    const views: LineView[] = [];
    for (const [bucket, tally] of this.#tallies) {
      const view = tally.view(bucket, now, limiterFails);
      if (view !== undefined) views.push(view);
    }
    return views.toSorted((a, b) => a.bucket - b.bucket);
  }
}
