import {
  type Clock,
  compareRanks,
  type Entry,
  type IdentifyLimiter,
  type Rank,
} from '@gateway-queue/identify-limiter';
import { type Retrier, unlessStopped } from './retrier.ts';
import { isRanked, type RankedWaiter, type Waiter } from './waiter.ts';

/** How many waiters one call enrols, or has leave, at most: a flood must not hold up the permits for long. */
const MAX_BATCH = 256;

interface EnrolmentContext {
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  readonly retrier: Retrier;
  /** The limiter holds this rank for the waiter, which is not done. */
  readonly onEnrolled: (waiter: Waiter, rank: Rank) => void;
}

/**
 * Has the limiter give ranks to the waiters of one bot, and keep their places when they leave: one call after the
 * other, and many waiters in each call under load. Waiters that leave go first, so that a shard that asks again
 * finds its place. A call that fails is repeated before the next one, so that no waiter overtakes another.
 */
export class Enrolment {
  /** The waiters to be enrolled, in the order in which that was asked for. */
  readonly #due = new Set<Waiter>();
  /** The waiters for whose ranks the limiter is being asked. */
  #batch: ReadonlySet<Waiter> = new Set();
  /** The waiters that are not to be enrolled now, each with how many hold it back. */
  readonly #heldBack = new Map<Waiter, number>();
  readonly #leaving: Waiter[] = [];
  #loop: Promise<void> | undefined;

  constructor(private readonly context: EnrolmentContext) {}

  /**
   * Enrols the waiter. One that has a rank already, or is just getting it, keeps it unless its shard has a place
   * with a better one by then. A waiter that is done is left alone.
   */
  enrol(waiter: Waiter): void {
    if (waiter.state.kind === 'done') return;
    this.#due.add(waiter);
    this.#start();
  }

  /**
   * Whether the limiter has still to say which rank the waiter holds. Until then it is not asked for the waiter's
   * permit.
   */
  isPending(waiter: Waiter): boolean {
    return this.#due.has(waiter) || this.#batch.has(waiter);
  }

  /**
   * Keeps the waiter from being enrolled until {@link letGo} was called as often: the limiter is being asked for
   * its permit. If the waiter were enrolled after that permit was given, it would get a rank behind all others, and
   * hold it for ever.
   */
  holdBack(waiter: Waiter): void {
    this.#heldBack.set(waiter, (this.#heldBack.get(waiter) ?? 0) + 1);
  }

  letGo(waiter: Waiter): void {
    const count = (this.#heldBack.get(waiter) ?? 0) - 1;
    if (count > 0) this.#heldBack.set(waiter, count);
    else this.#heldBack.delete(waiter);
    // The waiter may be done and no longer due, but may have kept back others that are due.
    if (this.#due.size > 0) this.#start();
  }

  /** The waiter is done: has the limiter keep its place if it left, and forget its rank if it was evicted. */
  ended(waiter: Waiter): void {
    const { state } = waiter;
    if (state.kind !== 'done') return;
    this.#due.delete(waiter);
    // The limiter does not know of the waiter, and is not told of it now: while its store is away, requests that
    // come and go would pile up here, and their places would push out those of shards that have waited for theirs.
    if (state.rank === null && !this.#batch.has(waiter)) return;
    switch (state.end) {
      case 'left':
        this.#leaving.push(waiter);
        this.#start();
        break;
      case 'evicted':
        this.forget(waiter);
        break;
      case 'served':
      // The permit has used the rank up.
    }
  }

  /** Has the limiter drop the waiter's rank, and keep no place of it. */
  forget({ entry }: Waiter): void {
    const { limiter, retrier } = this.context;
    retrier.inBackground(() => limiter.forget([entry]));
  }

  /** Resolves when no call is under way or due. */
  async idle(): Promise<void> {
    await this.#loop;
  }

  #start(): void {
    this.#loop ??= this.#run().catch(unlessStopped);
  }

  async #run(): Promise<void> {
    const { clock, limiter, retrier } = this.context;
    try {
      for (;;) {
        // Waiters that come or leave at the same time share a call: one by one they would hold up the permits.
        await clock.endOfTurn();
        const leavers = this.#leaving.splice(0, MAX_BATCH).map(asEntry);
        if (leavers.length > 0) {
          await retrier.untilDone(() => limiter.leave(leavers));
          continue;
        }
        const batch = this.#nextBatch();
        if (batch.length === 0) return;
        this.#batch = new Set(batch);
        const entries = batch.map(asEntry);
        const ranks = await retrier.untilDone(() => limiter.enter(entries));
        this.#batch = new Set();
        this.#enrolled(batch, ranks);
      }
    } finally {
      this.#loop = undefined;
    }
  }

  #nextBatch(): Waiter[] {
    const heldBack = Array.from(this.#heldBack.keys()).filter((waiter) => this.#due.has(waiter));
    const ranked = heldBack.filter(isRanked);
    const batch: Waiter[] = [];
    for (const waiter of this.#due) {
      if (batch.length === MAX_BATCH) break;
      if (!this.#heldBack.has(waiter) && !wouldPassOneOf(ranked, waiter)) batch.push(waiter);
    }
    for (const waiter of batch) this.#due.delete(waiter);
    return batch;
  }

  #enrolled(waiters: readonly Waiter[], ranks: readonly Rank[]): void {
    const enrolled = waiters.flatMap((waiter, index) => {
      const rank = ranks[index];
      return rank === undefined ? [] : [{ waiter, rank }];
    });
    // In rank order: the first in line may have its permit before the next is in line.
    enrolled.sort((a, b) => compareRanks(a.rank, b.rank));
    for (const { waiter, rank } of enrolled) {
      const { state } = waiter;
      if (state.kind !== 'done') this.context.onEnrolled(waiter, rank);
      // The place of a waiter that left is kept by the call that follows. No other place may be kept for ever.
      else if (state.end !== 'left') this.forget(waiter);
    }
  }
}

/**
 * Whether the waiter, enrolled before these, would pass one of them that ranks before it: of ranks that the limiter
 * has lost and that are as old as each other, the first to be enrolled goes first.
 */
function wouldPassOneOf(others: readonly RankedWaiter[], waiter: Waiter): boolean {
  if (!isRanked(waiter)) return false;
  const { rank } = waiter.state;
  return others.some(
    ({ state }) => state.rank.joinedAt === rank.joinedAt && compareRanks(state.rank, rank) < 0,
  );
}

/** The waiter as the limiter is told of it. */
function asEntry({ entry, state }: Waiter): Entry {
  return state.kind === 'joining' || state.rank === null ? entry : { ...entry, rank: state.rank };
}
