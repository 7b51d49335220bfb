import {
  type Clock,
  compareRanks,
  type Entry,
  type IdentifyLimiter,
  type Rank,
} from '@gateway-queue/identify-limiter';
import { type Retrier, unlessStopped } from './retrier.ts';
import { isRanked, type RankedWaiter, type Waiter } from './waiter.ts';

/** How many go through at once at most: a flood must not hold up the permits for long. */
const MAX_AT_ONCE = 256;

interface DoorContext {
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  readonly retrier: Retrier;
}

/**
 * Where requests come in and leave, of one bot: it tells the limiter of both, one thing after the other and many at once
 * under load. Those who leave go first, so that a shard that asks again finds its place; nobody overtakes
 * anybody because a call has failed and is repeated.
 */
export class Door {
  #arrived: Waiter[] = [];
  #leaving: Waiter[] = [];
  #passing: Promise<void> | undefined;

  /** @param onEntered the limiter holds this rank for the waiter, which may have left since */
  constructor(
    private readonly context: DoorContext,
    private readonly onEntered: (waiter: Waiter, rank: Rank) => void,
  ) {}

  /**
   * Enters the waiter. One that has entered already, or is just being entered, may find a better rank, that of a place
   * left meanwhile.
   */
  enter(waiter: Waiter): void {
    if (waiter.entering) return;
    waiter.entering = true;
    this.#arrived.push(waiter);
    this.#pass();
  }

  /** The limiter has been asked for the waiter's permit, so that it may enter if it was to. */
  asked(waiter: Waiter): void {
    if (waiter.entering) this.#pass();
  }

  /** Has the place kept of a waiter that goes. One that never got as far as the limiter has none. */
  leave(waiter: Waiter): void {
    // None is made for it on leaving: while the limiter is away those that come and go would pile up here, and
    // a flood of requests that hardly wait would push out the places of shards that have waited for theirs.
    if (!waiter.presented) return;
    this.#leaving.push(waiter);
    this.#pass();
  }

  /** Resolves when nobody is on the way in or out. */
  async idle(): Promise<void> {
    await this.#passing;
  }

  #pass(): void {
    this.#passing ??= this.#letPass()
      .catch(unlessStopped)
      .finally(() => (this.#passing = undefined));
  }

  async #letPass(): Promise<void> {
    const { clock, limiter, retrier } = this.context;
    for (;;) {
      // Those who come or go at the same time do so together: one by one they would hold up the permits.
      await clock.endOfTurn();
      // Next time round others may have come; what failed is repeated as it was, so that it happens once.
      const leaving = this.#leaving.splice(0, MAX_AT_ONCE);
      if (leaving.length > 0) {
        const leavers = leaving.map(asEntry);
        await retrier.untilDone(() => limiter.leave(leavers));
        continue;
      }
      const arrived = this.#nextToEnter();
      if (arrived.length === 0) return;
      const entries = arrived.map(asEntry);
      this.#entered(arrived, await retrier.untilDone(() => limiter.enter(entries)));
    }
  }

  #nextToEnter(): Waiter[] {
    const staying = this.#arrived.filter((waiter) => !waiter.done);
    // Entering after its permit was given, a waiter would go behind all others, and hold that rank for ever.
    const asked = staying.filter((waiter) => waiter.asked > 0).filter(isRanked);
    const next = staying
      .filter((waiter) => waiter.asked === 0 && !wouldPassOneOf(asked, waiter))
      .slice(0, MAX_AT_ONCE);
    const entering = new Set(next);
    this.#arrived = staying.filter((waiter) => !entering.has(waiter));
    for (const waiter of next) {
      waiter.entering = false;
      waiter.rankAsked += 1;
      waiter.presented = true;
    }
    return next;
  }

  #entered(waiters: readonly Waiter[], ranks: readonly Rank[]): void {
    for (const waiter of waiters) waiter.rankAsked -= 1;
    const entered = waiters.flatMap((waiter, index) => {
      const rank = ranks[index];
      return rank === undefined ? [] : [{ waiter, rank }];
    });
    // In rank order: the first one in line may have its permit before the next is added.
    entered.sort((a, b) => compareRanks(a.rank, b.rank));
    for (const { waiter, rank } of entered) this.onEntered(waiter, rank);
  }
}

/** Whether the waiter, entering before these, would go before one that came with it: of ranks as old the first to enter is first. */
function wouldPassOneOf(others: readonly RankedWaiter[], waiter: Waiter): boolean {
  return (
    isRanked(waiter) &&
    others.some(
      ({ rank }) => rank.joinedAt === waiter.rank.joinedAt && compareRanks(rank, waiter.rank) < 0,
    )
  );
}

/** The waiter as the limiter is told of it. */
function asEntry(waiter: Waiter): Entry {
  return isRanked(waiter) ? { ...waiter.entry, rank: waiter.rank } : waiter.entry;
}
