import type {
  CancelTimer,
  Clock,
  Denial,
  IdentifyLimiter,
  Limits,
  Permit,
} from '@gateway-queue/identify-limiter';
import type { BucketLine } from './bucket-line.ts';
import type { Enrolment } from './enrolment.ts';
import type { KnownStarts } from './known-starts.ts';
import { type Retrier, unlessStopped } from './retrier.ts';
import type { LastDenial, RankedWaiter, Waiter } from './waiter.ts';
import type { Waiters } from './waiters.ts';

/**
 * The limiter is asked again after so many ms while a waiter is in line, whatever it last said: the announcement of a
 * change can be lost, and must not cost more than a second.
 */
const RECHECK_MS = 1000;

/**
 * The same for a throttled waiter. There may be hundreds of them, and what ends their throttling early is rare: a
 * refresh of the limits, or the reset of the session starts.
 */
const THROTTLED_RECHECK_MS = 10_000;

/**
 * A permit that is not to be confirmed opens its bucket again by the clock, however late the permit reaches its
 * shard. When the answer took longer than this in ms, as after an outage of the limiter's store, the permit is
 * released and asked for again: if it were used, the next IDENTIFY could follow too early.
 */
const MAX_ANSWER_AGE_MS = 250;

/** An answer of the limiter that concerns more than this dispatcher's line. */
export type DispatcherAnswer =
  /** A permit came for the waiter that the limiter was asked for. The waiter may be done by now. */
  | { readonly kind: 'permit'; readonly asked: Waiter; readonly permit: Permit }
  /** The buckets were worked out from outdated limits; these are today's. */
  | { readonly kind: 'limits'; readonly limits: Limits };

/** What all dispatchers of a bot share. */
export interface DispatcherContext {
  readonly bot: string;
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  readonly retrier: Retrier;
  readonly waiters: Waiters;
  readonly enrolment: Enrolment;
  readonly starts: KnownStarts;
  readonly onAnswer: (answer: DispatcherAnswer) => void;
}

/**
 * The loop that asks the limiter for the head of one bucket's line: at once when it is woken, and by a timer when the
 * limiter has said when the head may go.
 */
export class Dispatcher {
  #asking = false;
  #askAgain = false;
  #retired = false;
  #loop: Promise<void> | undefined;
  /** Whether the limiter may hold a rank of this replica as the bucket's head. */
  #hasHead = false;
  #cancelTimer: CancelTimer | undefined;
  /** Whether a change was announced since the limiter was last asked. */
  #announced = false;

  constructor(
    private readonly line: BucketLine,
    private readonly context: DispatcherContext,
  ) {}

  /** Asks for the head now. While an answer is under way, the limiter is asked once more after it. */
  wake(): void {
    this.#askAgain = true;
    if (this.#asking || this.#retired) return;
    this.#asking = true;
    this.#loop = this.#run().catch(unlessStopped);
  }

  /** Asks for the head now, because a change was announced by which it may go. */
  announce(): void {
    this.#announced = true;
    this.wake();
  }

  /** Has all throttled waiters asked for again: what throttled them may have changed. */
  resumeThrottled(): void {
    for (const waiter of Array.from(this.line.throttled)) this.#resume(waiter);
  }

  /**
   * Ends the loop because the limits have changed; with the old limits the limiter has forgotten this line's head. An
   * answer that is under way is still seen through, so that no permit is lost.
   */
  retire(): void {
    this.#retired = true;
    this.#cancelTimer?.();
  }

  /**
   * Ends the loop for good and withdraws the head, so that no other replica waits behind it. Resolves when that is
   * done.
   */
  async close(): Promise<void> {
    this.retire();
    this.resumeThrottled();
    await this.#loop;
    await this.#withdraw().catch(unlessStopped);
  }

  async #run(): Promise<void> {
    this.#cancelTimer?.();
    let nextAskMs: number | null = null;
    while (this.#askAgain && !this.#retired) {
      this.#askAgain = false;
      nextAskMs = await this.#askForHead();
    }
    this.#asking = false;
    if (nextAskMs === null || this.#retired) return;
    this.#cancelTimer = this.context.clock.setTimer(nextAskMs, () => this.wake());
  }

  /** @returns in how many ms to ask again; null when the dispatcher is woken for it */
  async #askForHead(): Promise<number | null> {
    const { enrolment } = this.context;
    const { head } = this.line;
    if (head === undefined) {
      this.line.opening.lineEmptied();
      await this.#withdraw();
      return null;
    }
    // The dispatcher is woken when the head's rank is known.
    if (enrolment.isPending(head)) return null;
    // The limiter is asked with the head's rank, so that has to stay the same until the answer.
    enrolment.holdBack(head);
    try {
      return await this.#ask(head);
    } finally {
      enrolment.letGo(head);
    }
  }

  async #ask(head: RankedWaiter): Promise<number | null> {
    const { bot, clock, limiter, retrier } = this.context;
    const { bucket, limitsVersion } = this.line;
    // After a failure the same operation is repeated, even when the waiter has left meanwhile: the limiter may have
    // given the permit, which then has to be released.
    const attempt = {
      operation: crypto.randomUUID(),
      entry: head.entry.id,
      bot,
      bucket,
      shard: head.entry.shard,
      rank: head.state.rank,
      limitsVersion,
      confirm: head.confirm,
    };
    const announced = this.#announced;
    this.#announced = false;
    this.#hasHead = true;
    const askedAt = clock.now();
    const answer = await retrier.untilDone(() => limiter.tryAcquire(attempt));
    if (!answer.granted) return this.#denied(head, answer, announced);
    this.#hasHead = false;
    this.#askAgain = true;
    await this.#granted(head, answer, clock.now() - askedAt);
    return null;
  }

  /** @param tookMs how long the answer took: the permit may be as old */
  async #granted(head: RankedWaiter, permit: Permit, tookMs: number): Promise<void> {
    const { bot, clock, enrolment, limiter, onAnswer, retrier, starts } = this.context;
    if (tookMs > maxAnswerAgeMs(permit)) {
      await retrier.untilDone(() => limiter.release(bot, permit.id));
      enrolment.enrol(head);
      return;
    }
    this.line.opening.granted(clock.now());
    starts.spent(clock.now());
    onAnswer({ kind: 'permit', asked: head, permit: agedBy(permit, tookMs) });
  }

  #denied(head: RankedWaiter, answer: Denial, announced: boolean): number | null {
    const { clock, enrolment, onAnswer, starts } = this.context;
    const now = clock.now();
    const { limits, reason, retryInMs } = answer;
    if (answer.starts !== undefined) starts.told(answer.starts, now);
    if (limits !== undefined) {
      onAnswer({ kind: 'limits', limits });
      return null;
    }
    const denial = { reason, until: retryInMs === null ? null : now + retryInMs };
    if (reason === 'crash-loop') {
      this.#hasHead = false;
      this.#askAgain = true;
      this.#throttle(head, denial, Math.min(retryInMs ?? Infinity, THROTTLED_RECHECK_MS));
      return null;
    }
    if (reason === 'rank-not-held') enrolment.enrol(head);
    this.line.opening.denied(denial, announced, now);
    return Math.min(retryInMs ?? RECHECK_MS, RECHECK_MS);
  }

  #throttle(waiter: RankedWaiter, denial: LastDenial, forMs: number): void {
    // The waiter may have left while the limiter was asked.
    if (this.#retired || waiter.state.kind !== 'waiting') return;
    const cancelReturn = this.context.clock.setTimer(forMs, () => this.#resume(waiter));
    this.context.waiters.throttle(waiter, denial, cancelReturn);
  }

  #resume(waiter: RankedWaiter): void {
    if (this.context.waiters.resume(waiter) !== undefined) this.wake();
  }

  async #withdraw(): Promise<void> {
    if (!this.#hasHead) return;
    this.#hasHead = false;
    const { bot, limiter, retrier } = this.context;
    await retrier.untilDone(() => limiter.withdrawHead(bot, this.line.bucket));
  }
}

/** The permit as it is after so many ms, of which the time to confirm it has run. */
function agedBy(permit: Permit, ms: number): Permit {
  const { confirmWithinMs } = permit;
  return confirmWithinMs === null ? permit : { ...permit, confirmWithinMs: confirmWithinMs - ms };
}

/** How old a permit may be, in ms, when its shard gets it. */
function maxAnswerAgeMs({ confirmWithinMs }: Permit): number {
  return confirmWithinMs === null ? MAX_ANSWER_AGE_MS : confirmWithinMs / 2;
}
