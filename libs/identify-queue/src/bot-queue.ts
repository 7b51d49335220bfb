import { bucketOf, compareRanks, type Limits, type Rank } from '@gateway-queue/identify-limiter';
import { Door } from './enrolment.ts';
import { KnownStarts } from './known-starts.ts';
import { Lane, type LaneContext } from './dispatcher.ts';
import { LineTallies, type LineView } from './line-view.ts';
import { type Estimate, estimateAt } from './estimate.ts';
import { Outside } from './not-enrolled.ts';
import { PlaceTakers } from './place-takers.ts';
import { Retrier } from './retrier.ts';
import { SameShard } from './same-shard.ts';
import { isRanked, type RankedWaiter, type Waiter } from './waiter.ts';

/**
 * Before the limiter named the limits there is one lane for all, and its first question, with a version
 * that no limits have, brings them.
 */
const UNKNOWN_LIMITS = { version: 0, maxConcurrency: 1 };

/** What the lines of a bot stand on. */
type BotContext = Omit<
  LaneContext,
  'limitsVersion' | 'onLimits' | 'onAsked' | 'onRankLost' | 'starts'
>;

interface BotLinesOptions extends Omit<BotContext, 'retrier'> {
  readonly onLimiterError: (error: unknown) => void;
}

/** All lines of one bot, a lane for each bucket. */
export class BotLines {
  #limits: Pick<Limits, 'version' | 'maxConcurrency'> = UNKNOWN_LIMITS;
  #lanes = new Map<number, Lane>();
  readonly #sameShard = new SameShard();
  readonly #outside = new Outside();
  readonly #starts = new KnownStarts();
  readonly #takers = new PlaceTakers((bucket) => this.#wakeNow(bucket));
  /** Of its own for each bot: that a store does not answer for one must not hold up another's. */
  readonly #door: Door;
  private readonly context: BotContext;

  /** @param options.onLimiterError called with each failure of the limiter; what failed is repeated */
  constructor({ onLimiterError, ...options }: BotLinesOptions) {
    const retrier = new Retrier(options.clock, onLimiterError);
    this.context = { ...options, retrier };
    this.#door = new Door(this.context, (waiter, rank) => this.#entered(waiter, rank));
  }

  /** A waiter has come, which gets its place in line once the limiter holds a rank for it. */
  came(waiter: Waiter): void {
    this.#outside.add(waiter);
    this.#door.enter(waiter);
  }

  /** A place of this shard was announced: who waits for it enters again, and takes it if that is the better rank. */
  placeLeft(shard: number): void {
    // One that is on its way in may have been seen to before the place was there.
    const taker = this.#sameShard.firstOf(shard) ?? this.#outside.firstOf(shard);
    if (taker === undefined) return;
    this.#takers.add(taker);
    this.#door.enter(taker);
  }

  /** The limiter has nobody of this replica on record any more: all enter again with the ranks that they had. */
  enterAgain(): void {
    const waiters = Array.from(this.#lanes.values()).flatMap((lane) =>
      Array.from(lane.waiters(), (waiter, position) => ({ waiter, position })),
    );
    // Those who go first wait for it least, in every bucket.
    waiters.sort((a, b) => a.position - b.position || compareRanks(a.waiter.rank, b.waiter.rank));
    for (const { waiter } of waiters) this.#door.enter(waiter);
  }

  /**
   * Takes a waiter out that gave up. When another request of its shard waits, the shard has come back
   * already: that one moves up before the line goes on.
   */
  gaveUp(waiter: Waiter): void {
    if (isRanked(waiter)) this.#passOn(waiter);
    else this.#outside.remove(waiter);
    this.#takers.remove(waiter);
    this.#door.leave(waiter);
  }

  /** The limiter needs to hold no rank for this one any more, nor a place. */
  forget({ entry }: Waiter): void {
    const { limiter, retrier } = this.context;
    retrier.inBackground(() => limiter.forget([entry]));
  }

  /** Takes a waiter out that has its permit. */
  served(waiter: RankedWaiter): void {
    this.#takeOut(waiter);
  }

  /** Takes a waiter out that was sent away, and keeps no place of it. */
  sentAway(waiter: Waiter): void {
    this.#takeOut(waiter);
    if (waiter.presented) this.forget(waiter);
  }

  /** The waiter with this entry. */
  find(entry: string): Waiter | undefined {
    for (const lane of this.#lanes.values()) {
      for (const waiter of lane.waiters()) if (waiter.entry.id === entry) return waiter;
    }
    for (const waiter of this.#outside) if (waiter.entry.id === entry) return waiter;
    return undefined;
  }

  /** A permit was not used: bucket and budget get it back, and its shard its place. */
  release(permitId: string): void {
    const { bot, limiter, retrier } = this.context;
    retrier.inBackground(async () => {
      await limiter.release(bot, permitId);
    });
  }

  /**
   * Gives a permit back once the next in line has been asked for. Until that is its bucket's head nobody knows that it
   * waits, and other replicas' heads, told that the bucket is open, would pass it.
   */
  releaseAfterNext(permitId: string): void {
    const { bot, clock, limiter, retrier } = this.context;
    retrier.inBackground(async () => {
      await clock.endOfTurn();
      await limiter.release(bot, permitId);
    });
  }

  /** How things stand for one of the waiters. */
  estimateFor(waiter: Waiter): Estimate {
    const estimate = isRanked(waiter)
      ? this.#estimateInLine(waiter)
      : this.#estimateNotEnrolled(waiter);
    // While nothing is granted, what was known sinks to nothing.
    return this.context.retrier.isFailing
      ? { ...estimate, reason: 'limiter-unavailable', estimatedWaitMs: null }
      : estimate;
  }

  /** The first in line of the shard's waiters; undefined for requests that name no shard, which may be any. */
  firstOf(shard: number | null): RankedWaiter | undefined {
    return this.#sameShard.firstOf(shard);
  }

  /** Every line in which somebody waits, by bucket. */
  views(): LineView[] {
    const tallies = new LineTallies();
    for (const lane of this.#lanes.values()) lane.tallyInto(tallies.of(lane.bucket));
    for (const waiter of this.#outside) tallies.of(this.#bucketOf(waiter)).unranked(waiter);
    return tallies.views(this.context.clock.now(), this.context.retrier.isFailing);
  }

  /** A head may go now that could not before: that of one bucket, or of every one. */
  wake(bucket: number | null): void {
    this.#takers.wake(bucket);
  }

  /** Ends all lanes, and takes their heads back, once nobody is on the way in or out; nothing is repeated any more. */
  async close(): Promise<void> {
    const { retrier } = this.context;
    retrier.stop();
    await this.#door.idle();
    await Promise.all(Array.from(this.#lanes.values(), (lane) => lane.close()));
    await retrier.idle();
  }

  #wakeNow(bucket: number | null): void {
    if (bucket !== null) {
      this.#lanes.get(bucket)?.announced();
      return;
    }
    for (const lane of this.#lanes.values()) {
      lane.unparkAll();
      lane.announced();
    }
  }

  #entered(waiter: Waiter, rank: Rank): void {
    if (waiter.done) {
      // One that has left meanwhile leaves what it holds; one that needs no place must not hold it for ever.
      if (waiter.needsNoPlace) this.forget(waiter);
      return;
    }
    if (isRanked(waiter)) this.#move(waiter, rank);
    else this.#comeIn(waiter, rank);
    this.#takers.entered(waiter);
  }

  #takeOut(waiter: Waiter): void {
    if (isRanked(waiter)) {
      this.#sameShard.remove(waiter);
      this.#laneOf(waiter).remove(waiter);
    } else {
      this.#outside.remove(waiter);
    }
    this.#takers.remove(waiter);
  }

  #comeIn(waiter: Waiter, rank: Rank): void {
    this.#outside.remove(waiter);
    const ranked = Object.assign(waiter, { rank });
    this.#sameShard.add(ranked);
    this.#laneOf(ranked).add(ranked);
  }

  /** Takes a waiter out of its lane, and gives its rank to the next of its shard. */
  #passOn(waiter: RankedWaiter): void {
    this.#sameShard.remove(waiter);
    const heir = this.#sameShard.firstOf(waiter.entry.shard);
    if (heir !== undefined) {
      const inherited = { ...waiter.rank, priority: heir.entry.priority };
      if (compareRanks(inherited, heir.rank) < 0) this.#move(heir, inherited);
    }
    this.#laneOf(waiter).remove(waiter);
  }

  /** Puts everybody into the lanes of other limits. */
  #adopt(limits: Limits): void {
    if (limits.version === this.#limits.version) return;
    const before = Array.from(this.#lanes.values());
    for (const lane of before) lane.retire();
    this.#limits = limits;
    this.#lanes = new Map();
    // In rank order: the first one added may have its permit before the next is.
    const waiters = before.flatMap((lane) => Array.from(lane.waiters()));
    waiters.sort((a, b) => compareRanks(a.rank, b.rank));
    for (const waiter of waiters) this.#laneOf(waiter).add(waiter);
  }

  #estimateInLine(waiter: RankedWaiter): Estimate {
    const { clock, intervalMs } = this.context;
    const lane = this.#laneOf(waiter);
    const own = lane.moving;
    const others = Array.from(this.#lanes.values()).flatMap((other) => {
      const line = other === lane ? null : other.moving;
      return line === null || line.waiting === 0 ? [] : [line];
    });
    const basis = own && { own, others, starts: this.#starts.current, intervalMs };
    return estimateAt(lane.positionOf(waiter), basis, clock.now());
  }

  /** Of one that has not even entered: the limiter does not answer, or the wait was hardly any. */
  #estimateNotEnrolled(waiter: Waiter): Estimate {
    const bucket = this.#bucketOf(waiter);
    const { priority } = waiter.entry;
    let ahead = this.#lanes.get(bucket)?.aheadOfNewcomer(priority) ?? 0;
    for (const other of this.#outside) {
      if (other === waiter) break;
      const goesBefore = other.entry.priority === 'high' || priority === 'normal';
      if (goesBefore && this.#bucketOf(other) === bucket) ahead += 1;
    }
    return { reason: 'line', position: ahead + 1, estimatedWaitMs: null, hasPlace: false };
  }

  #move(waiter: RankedWaiter, rank: Rank): void {
    this.#sameShard.remove(waiter);
    this.#laneOf(waiter).move(waiter, rank);
    this.#sameShard.add(waiter);
  }

  #bucketOf({ entry }: Waiter): number {
    return bucketOf(entry.shard, this.#limits.maxConcurrency);
  }

  #laneOf(waiter: Waiter): Lane {
    const bucket = this.#bucketOf(waiter);
    const existing = this.#lanes.get(bucket);
    if (existing !== undefined) return existing;
    const lane = new Lane(bucket, {
      ...this.context,
      limitsVersion: this.#limits.version,
      starts: this.#starts,
      onAsked: (asked) => this.#door.asked(asked),
      onRankLost: (lost) => lost.done || this.#door.enter(lost),
      onLimits: (limits) => this.#adopt(limits),
    });
    this.#lanes.set(bucket, lane);
    return lane;
  }
}
