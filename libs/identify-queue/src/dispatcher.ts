import type {
  CancelTimer,
  Clock,
  Denial,
  IdentifyLimiter,
  Limits,
  Permit,
  Priority,
  Rank,
} from '@gateway-queue/identify-limiter';
import type { KnownStarts } from './known-starts.ts';
import { Line } from './line.ts';
import type { LineTally } from './line-view.ts';
import type { LinePosition } from './estimate.ts';
import { Parked } from './throttled.ts';
import { type Retrier, unlessStopped } from './retrier.ts';
import type { MovingLine } from './turns.ts';
import { isOnItsWay, type LastDenial, type RankedWaiter } from './waiter.ts';

/**
 * The limiter is asked again this often in ms while somebody waits, whatever it last said: an announcement
 * of a change can be lost, and must not cost more than a second.
 */
const RECHECK_MS = 1000;

/**
 * The same for a waiter that is throttled. There may be hundreds of them, and what lets it go them is rare: a refresh,
 * or the reset.
 */
const PARKED_RECHECK_MS = 10_000;

/**
 * The bucket of a permit that nobody confirms opens again by the clock, however late the permit comes to its shard. One that
 * comes later than this in ms, as when the limiter's store was away, is released and asked for again: used, it could
 * come too close before the next one.
 */
const MAX_ANSWER_AGE_MS = 250;

/** What all lanes of a bot have in common. */
export interface LaneContext {
  readonly bot: string;
  readonly limitsVersion: number;
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  readonly retrier: Retrier;
  /** Ms between two permits of a bucket, for estimates. */
  readonly intervalMs: number;
  /** The bot's session starts, for estimates. */
  readonly starts: KnownStarts;
  /** A permit came for this waiter, which may have left since. */
  readonly onPermit: (waiter: RankedWaiter, permit: Permit) => void;
  /** The limiter has been asked for this waiter's permit, whatever it said. */
  readonly onAsked: (waiter: RankedWaiter) => void;
  /** The limiter does not hold for this waiter the rank that it has here. */
  readonly onRankLost: (waiter: RankedWaiter) => void;
  /** The lanes stand on outdated limits. */
  readonly onLimits: (limits: Limits) => void;
}

/**
 * A bucket's line, and the loop that asks the limiter for its head: at once when the head changes or
 * something is announced, and by a timer when the limiter said when.
 */
export class Lane {
  readonly #line = new Line<RankedWaiter>();
  readonly #parked: Parked;
  #asking = false;
  #askAgain = false;
  #retired = false;
  #served: Promise<void> | undefined;
  /** Whether the limiter may hold one of ours as this bucket's head. */
  #hasHead = false;
  #cancelTimer: CancelTimer | undefined;
  /** What the limiter last said of this bucket; undefined while nobody is in its line. */
  #denial: LastDenial | undefined;
  /** Whether something was announced since the limiter was last asked. */
  #announced = false;
  /** When the bucket opens as far as is known, whatever else its line waits for; on the queue's clock. */
  #opensAt = -Infinity;

  constructor(
    readonly bucket: number,
    private readonly context: LaneContext,
  ) {
    this.#parked = new Parked(context.clock, (waiter) => this.add(waiter));
  }

  /** Everybody who waits here. */
  *waiters(): Generator<RankedWaiter> {
    yield* this.#line;
    yield* this.#parked.waiters();
  }

  add(waiter: RankedWaiter): void {
    this.#line.add(waiter);
    if (this.#line.first === waiter) this.#wake();
  }

  remove(waiter: RankedWaiter): void {
    if (this.#parked.remove(waiter)) return;
    const wasFirst = this.#line.first === waiter;
    this.#line.remove(waiter);
    if (wasFirst) this.#wake();
  }

  /** Gives a waiter of the line another rank. */
  move(waiter: RankedWaiter, rank: Rank): void {
    if (this.#parked.has(waiter)) {
      waiter.rank = rank;
      return;
    }
    const firstBefore = this.#line.first;
    this.#line.remove(waiter);
    waiter.rank = rank;
    this.#line.add(waiter);
    if (this.#line.first === waiter || firstBefore === waiter) this.#wake();
  }

  /** Where one of the waiters stands. */
  positionOf(waiter: RankedWaiter): LinePosition {
    if (!this.#parked.has(waiter)) {
      return {
        position: this.#line.positionOf(waiter),
        denial: this.#denial,
        throttledUntil: null,
      };
    }
    // Others pass it for as long as it is throttled. Then it is the first again.
    return { position: 1, denial: waiter.denial, throttledUntil: waiter.denial?.until ?? null };
  }

  /** How many of its line go before a newcomer of this priority that has no place. */
  aheadOfNewcomer(priority: Priority): number {
    return this.#line.rankingBefore({ priority, joinedAt: Infinity, ticket: Infinity });
  }

  /** The line as it moves; null when nobody knows when it goes on. */
  get moving(): MovingLine | null {
    const waiting = this.#line.size;
    const until = waiting === 0 ? -Infinity : (this.#denial?.until ?? null);
    if (until === null) return null;
    // A line that is let go, by the end of a pause for instance, has still to wait for its bucket.
    return { nextTurnAt: Math.max(until, this.#opensAt, this.context.clock.now()), waiting };
  }

  /** Counts everybody who waits here. */
  tallyInto(tally: LineTally): void {
    tally.ranked(this.#line, this.#parked.waiters(), this.#denial?.reason);
  }

  /** Lets everybody be asked for again who was throttled: what throttled them may have changed. */
  unparkAll(): void {
    this.#parked.returnAll();
  }

  /** Asks for the head now, for something was announced that it may gain by. */
  announced(): void {
    this.#announced = true;
    this.#wake();
  }

  /**
   * Ends the lane, whose limits are outdated; the limiter has forgotten its head with them. What it is asking
   * now it still sees through, so that no permit is lost.
   */
  retire(): void {
    this.#retired = true;
    this.#cancelTimer?.();
    this.#parked.stop();
  }

  /** Ends the lane for good, so that nobody waits behind its head; resolves when that is done. */
  async close(): Promise<void> {
    this.retire();
    await this.#served;
    await this.#withdraw().catch(unlessStopped);
  }

  /** Asks for the head now. While the limiter is being asked, it is asked once more afterwards. */
  #wake(): void {
    this.#askAgain = true;
    if (this.#asking || this.#retired) return;
    this.#asking = true;
    this.#served = this.#serve().catch(unlessStopped);
  }

  async #serve(): Promise<void> {
    this.#cancelTimer?.();
    let nextAskMs: number | null = null;
    while (this.#askAgain && !this.#retired) {
      this.#askAgain = false;
      const head = this.#line.first;
      if (head === undefined) nextAskMs = await this.#clear();
      // Its rank comes with a wake-up.
      else nextAskMs = isOnItsWay(head) ? null : await this.#askFor(head);
    }
    this.#asking = false;
    if (nextAskMs === null || this.#retired) return;
    this.#cancelTimer = this.context.clock.setTimer(nextAskMs, () => this.#wake());
  }

  /** Returns the same as {@link #ask}. Meanwhile the waiter does not enter anew: its rank is what it is asked for with. */
  async #askFor(head: RankedWaiter): Promise<number | null> {
    head.asked += 1;
    try {
      return await this.#ask(head);
    } finally {
      head.asked -= 1;
      this.context.onAsked(head);
    }
  }

  /** Returns in how many ms to ask again; null when a change will say. */
  async #ask(head: RankedWaiter): Promise<number | null> {
    const { bot, clock, limitsVersion, limiter, onLimits, onRankLost, retrier, starts } =
      this.context;
    // After a failure the same operation is repeated, also when the waiter has left meanwhile: it may
    // have been granted, and then it has to be released.
    const attempt = {
      operation: crypto.randomUUID(),
      entry: head.entry.id,
      bot,
      bucket: this.bucket,
      shard: head.entry.shard,
      rank: head.rank,
      limitsVersion,
      confirm: head.confirm,
    };
    const announced = this.#announced;
    this.#announced = false;
    this.#hasHead = true;
    const askedAt = clock.now();
    const answer = await retrier.untilDone(() => limiter.tryAcquire(attempt));
    if (answer.granted) {
      this.#askAgain = true;
      this.#hasHead = false;
      await this.#granted(head, answer, clock.now() - askedAt);
      return null;
    }
    if (answer.starts !== undefined) starts.told(answer.starts, clock.now());
    if (answer.limits !== undefined) {
      onLimits(answer.limits);
      return null;
    }
    const denial = { reason: answer.reason, until: this.#untilOf(answer) };
    if (answer.reason === 'crash-loop') {
      this.#hasHead = false;
      this.#askAgain = true;
      this.#park(head, denial, Math.min(answer.retryInMs ?? Infinity, PARKED_RECHECK_MS));
      return null;
    }
    if (answer.reason === 'rank-not-held') onRankLost(head);
    this.#learnOpening(denial, announced);
    this.#denial = denial;
    return waitAfter(answer);
  }

  /** @param tookMs how long the limiter was asked: the permit may be as old */
  async #granted(head: RankedWaiter, permit: Permit, tookMs: number): Promise<void> {
    const { bot, clock, intervalMs, limiter, onPermit, onRankLost, retrier, starts } = this.context;
    if (tookMs <= maxAnswerAgeMs(permit)) {
      this.#opensAt = clock.now() + intervalMs;
      starts.spent(clock.now());
      onPermit(head, agedBy(permit, tookMs));
      return;
    }
    await retrier.untilDone(() => limiter.release(bot, permit.id));
    onRankLost(head);
  }

  /** @param announced whether something had been announced before the limiter was asked */
  #learnOpening({ reason, until }: LastDenial, announced: boolean): void {
    if (reason === 'interval' && until !== null) {
      this.#opensAt = until;
    } else if (announced && reason === this.#denial?.reason) {
      // The same hides the bucket as before, so something else was announced. It may be that the permit that closed
      // it was confirmed, or released: then it opens an interval from now, or before that.
      const { clock, intervalMs } = this.context;
      this.#opensAt = Math.min(this.#opensAt, clock.now() + intervalMs);
    }
  }

  #untilOf({ retryInMs }: Denial): number | null {
    return retryInMs === null ? null : this.context.clock.now() + retryInMs;
  }

  #park(waiter: RankedWaiter, denial: LastDenial, forMs: number): void {
    // It may have left while the limiter was asked.
    if (waiter.done || this.#retired) return;
    this.#line.remove(waiter);
    waiter.denial = denial;
    this.#parked.add(waiter, forMs);
  }

  /** Nobody is in line: what was said of it is over. */
  async #clear(): Promise<null> {
    this.#denial = undefined;
    return this.#withdraw();
  }

  async #withdraw(): Promise<null> {
    if (!this.#hasHead) return null;
    this.#hasHead = false;
    const { bot, limiter, retrier } = this.context;
    await retrier.untilDone(() => limiter.withdrawHead(bot, this.bucket));
    return null;
  }
}

/** The permit as it is for whoever gets it now: it has been given up to so many ms ago, and the time to confirm it runs. */
function agedBy(permit: Permit, ms: number): Permit {
  const { confirmWithinMs } = permit;
  return confirmWithinMs === null ? permit : { ...permit, confirmWithinMs: confirmWithinMs - ms };
}

/** How old a permit may be, in ms, when its shard gets it. */
function maxAnswerAgeMs({ confirmWithinMs }: Permit): number {
  return confirmWithinMs === null ? MAX_ANSWER_AGE_MS : confirmWithinMs / 2;
}

function waitAfter({ retryInMs }: Denial): number {
  return Math.min(retryInMs ?? RECHECK_MS, RECHECK_MS);
}
