import type { Change, Clock, IdentifyLimiter, Permit, Rank } from '@gateway-queue/identify-limiter';
import type { BucketLine } from './bucket-line.ts';
import { Dispatcher, type DispatcherAnswer } from './dispatcher.ts';
import { Enrolment } from './enrolment.ts';
import { type Estimate, estimateOf } from './estimate.ts';
import { EvictedError } from './evicted-error.ts';
import { type HoldView, viewHolds } from './hold-view.ts';
import { KnownStarts } from './known-starts.ts';
import { type LineView, viewLines } from './line-view.ts';
import { PlaceTakers } from './place-takers.ts';
import { Retrier } from './retrier.ts';
import type { WaitEnd, Waiter } from './waiter.ts';
import { Waiters } from './waiters.ts';

export interface BotQueueOptions {
  readonly bot: string;
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  /** Ms between two permits of a bucket, for estimates alone. */
  readonly intervalMs: number;
  /** Called with each failure of the limiter; what failed is repeated. */
  readonly onLimiterError: (error: unknown) => void;
}

/**
 * The queue of one bot. It keeps its waiters, has them enrolled, and has a dispatcher for each bucket with a line.
 * All that comes back from enrolment and dispatchers ends here: a waiter's rank, a permit, other limits.
 *
 * Bots share nothing: that a store does not answer for one must not hold up another's.
 */
export class BotQueue {
  readonly #waiters: Waiters;
  readonly #enrolment: Enrolment;
  readonly #starts = new KnownStarts();
  readonly #placeTakers = new PlaceTakers();
  readonly #retrier: Retrier;
  #dispatchers = new Map<number, Dispatcher>();

  constructor(private readonly options: BotQueueOptions) {
    const { clock, intervalMs, limiter, onLimiterError } = options;
    this.#retrier = new Retrier(clock, onLimiterError);
    this.#waiters = new Waiters(intervalMs);
    this.#enrolment = new Enrolment({
      limiter,
      clock,
      retrier: this.#retrier,
      onEnrolled: (waiter, rank) => this.#enrolled(waiter, rank),
    });
  }

  /** How many requests are held. */
  get size(): number {
    return this.#waiters.size;
  }

  /** A request came. It stands in line as soon as the limiter holds a rank for it. */
  join(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#enrolment.enrol(waiter);
  }

  /**
   * The caller gave up: rejects the wait with `reason`, and has the place kept. Does nothing when the wait is over.
   */
  leave(waiter: Waiter, reason: Error): void {
    if (waiter.state.kind === 'done') return;
    this.#end(waiter, 'left');
    waiter.reject(reason);
  }

  /** Follows what the limiter has announced. */
  changed(change: Change): void {
    if ('bucket' in change) this.#announce(change.bucket);
    else if ('placeOf' in change) this.#takePlace(change.placeOf);
    else if ('evicted' in change) this.#evict(change.evicted);
    else if ('entriesLost' in change) this.#enrolAllAgain();
  }

  /** A permit was not used: bucket and budget get it back, and its shard its place. */
  release(permitId: string): void {
    const { bot, limiter } = this.options;
    this.#retrier.inBackground(async () => {
      await limiter.release(bot, permitId);
    });
  }

  /** What the waiter can expect. */
  estimateFor(waiter: Waiter): Estimate {
    const { clock, intervalMs } = this.options;
    const known = { waiters: this.#waiters, starts: this.#starts.current, intervalMs };
    const estimate = estimateOf(waiter, known, clock.now());
    // While the limiter's store fails, no permit is given, and it is not known for how long.
    return this.#retrier.isFailing
      ? { ...estimate, reason: 'limiter-unavailable', estimatedWaitMs: null }
      : estimate;
  }

  /** The lines that have waiters, by bucket. */
  lines(): LineView[] {
    return viewLines(this.#waiters, this.#retrier.isFailing);
  }

  /** What holds waiters back for longer than their lines do. */
  holds(): HoldView[] {
    return viewHolds(this.#waiters, this.#retrier.isFailing, this.options.clock.now());
  }

  /**
   * Stops asking, and withdraws the heads of all lines, once no waiter is being enrolled or is leaving. Nothing is
   * repeated any more.
   */
  async close(): Promise<void> {
    this.#retrier.stop();
    await this.#enrolment.idle();
    await Promise.all(Array.from(this.#dispatchers.values(), (dispatcher) => dispatcher.close()));
    await this.#retrier.idle();
  }

  #announce(bucket: number | null): void {
    if (this.#placeTakers.postpones(bucket)) return;
    if (bucket !== null) {
      this.#dispatchers.get(bucket)?.announce();
      return;
    }
    for (const dispatcher of this.#dispatchers.values()) {
      dispatcher.resumeThrottled();
      dispatcher.announce();
    }
  }

  /**
   * A place of this shard was announced. Its waiter is enrolled again, and takes the place if that is the better
   * rank.
   */
  #takePlace(shard: number): void {
    const taker = this.#waiters.takerOf(shard);
    if (taker === undefined) return;
    this.#placeTakers.add(taker);
    this.#enrolment.enrol(taker);
  }

  #evict(entryId: string): void {
    const waiter = this.#waiters.find(entryId);
    if (waiter === undefined) return;
    this.#end(waiter, 'evicted');
    waiter.reject(new EvictedError());
  }

  /** The limiter has no rank of this replica on record any more. */
  #enrolAllAgain(): void {
    for (const waiter of this.#waiters.inTurn()) this.#enrolment.enrol(waiter);
  }

  #enrolled(waiter: Waiter, rank: Rank): void {
    this.#wake(this.#waiters.enrolled(waiter, rank));
    // A waiter that was being enrolled already when the place was announced is enrolled once more for it.
    if (!this.#enrolment.isPending(waiter)) this.#placeTaken(waiter);
  }

  #answered(answer: DispatcherAnswer): void {
    switch (answer.kind) {
      case 'permit':
        this.#permitCame(answer.asked, answer.permit);
        break;
      case 'limits': {
        const lines = this.#waiters.adopt(answer.limits);
        if (lines === undefined) return;
        for (const dispatcher of this.#dispatchers.values()) dispatcher.retire();
        this.#dispatchers = new Map();
        for (const line of lines) this.#wake(line);
      }
    }
  }

  #permitCame(asked: Waiter, permit: Permit): void {
    if (asked.state.kind !== 'done') {
      this.#serve(asked, permit);
      return;
    }
    // The shard may have come back while the answer was under way.
    const again = this.#waiters.firstOf(permit.shard);
    // A request that does not confirm must not get a permit that is to be confirmed, nor the other way round.
    if (again === undefined || again.confirm !== asked.confirm) {
      this.#releaseAfterNext(permit.id);
      return;
    }
    this.#serve(again, permit);
    // The permit has used up the rank of the other request.
    this.#enrolment.forget(again);
  }

  #serve(waiter: Waiter, permit: Permit): void {
    this.#end(waiter, 'served');
    waiter.resolve({ ...permit, waitedMs: this.options.clock.now() - waiter.since });
  }

  /**
   * Releases a permit once the limiter has been asked for the next in line. Until that one is the bucket's head,
   * the limiter does not know that it waits: told that the bucket is open, the heads of other replicas would pass
   * it.
   */
  #releaseAfterNext(permitId: string): void {
    const { bot, clock, limiter } = this.options;
    this.#retrier.inBackground(async () => {
      await clock.endOfTurn();
      await limiter.release(bot, permitId);
    });
  }

  #end(waiter: Waiter, end: WaitEnd): void {
    this.#wake(this.#waiters.end(waiter, end));
    this.#placeTaken(waiter);
    this.#enrolment.ended(waiter);
  }

  #placeTaken(waiter: Waiter): void {
    for (const bucket of this.#placeTakers.remove(waiter)) this.#announce(bucket);
  }

  /** @param line the line whose head has changed, if one has */
  #wake(line: BucketLine | undefined): void {
    if (line === undefined) return;
    const existing = this.#dispatchers.get(line.bucket);
    const dispatcher = existing ?? this.#newDispatcher(line);
    this.#dispatchers.set(line.bucket, dispatcher);
    dispatcher.wake();
  }

  #newDispatcher(line: BucketLine): Dispatcher {
    const { bot, clock, limiter } = this.options;
    return new Dispatcher(line, {
      bot,
      limiter,
      clock,
      retrier: this.#retrier,
      waiters: this.#waiters,
      enrolment: this.#enrolment,
      starts: this.#starts,
      onAnswer: (answer) => this.#answered(answer),
    });
  }
}
