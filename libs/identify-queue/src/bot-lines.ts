import { bucketOf, compareRanks, type Limits, type Rank } from '@gateway-queue/identify-limiter';
import { Lane, type LaneContext } from './lane.ts';
import { SameShard } from './same-shard.ts';
import type { RankedWaiter, Waiter } from './waiter.ts';

/**
 * Before the limiter named the limits there is one lane for all, and its first question, with a version
 * that no limits have, brings them.
 */
const UNKNOWN_LIMITS = { version: 0, maxConcurrency: 1 };

/** All lines of one bot, a lane for each bucket. */
export class BotLines {
  #limits: Pick<Limits, 'version' | 'maxConcurrency'> = UNKNOWN_LIMITS;
  #lanes = new Map<number, Lane>();
  readonly #sameShard = new SameShard();

  constructor(private readonly context: Omit<LaneContext, 'limitsVersion' | 'onLimits'>) {}

  add(waiter: Waiter, rank: Rank): void {
    const ranked = Object.assign(waiter, { rank });
    this.#sameShard.add(ranked);
    this.#laneOf(ranked).add(ranked);
  }

  /** Takes a waiter out that has its permit. */
  served(waiter: RankedWaiter): void {
    this.#laneOf(waiter).remove(waiter);
    this.#sameShard.remove(waiter);
  }

  /**
   * Takes a waiter out that gave up.
   *
   * @returns the rank that is free now. Other requests of its shard move up to the better ranks, for the
   * shard has come back already; what is free then is the last of its ranks.
   */
  gaveUp(waiter: RankedWaiter): Rank {
    this.served(waiter);
    let free = waiter.rank;
    for (const other of this.#sameShard.inOrder(waiter.entry.shard)) {
      if (compareRanks(free, other.rank) < 0) free = this.#moveTo(other, free);
    }
    return free;
  }

  /** Who holds `rank` now, among the waiters of that shard. */
  holderOf(rank: Rank, shard: number | null): RankedWaiter | undefined {
    return this.#sameShard.inOrder(shard).find((waiter) => waiter.rank === rank);
  }

  /** Asks for the head of one bucket, or of every one. */
  wake(bucket: number | null): void {
    if (bucket === null) for (const lane of this.#lanes.values()) lane.wake();
    else this.#lanes.get(bucket)?.wake();
  }

  /** Ends all lanes. */
  retire(): void {
    for (const lane of this.#lanes.values()) lane.retire();
  }

  /** Puts everybody into the lanes of other limits. */
  #adopt(limits: Limits): void {
    if (limits.version === this.#limits.version) return;
    this.retire();
    const waiters = [...this.#lanes.values()].flatMap(({ line }) => Array.from(line));
    this.#limits = limits;
    this.#lanes = new Map();
    // In rank order: the first one added may have its permit before the next is.
    waiters.sort((a, b) => compareRanks(a.rank, b.rank));
    for (const waiter of waiters) this.#laneOf(waiter).add(waiter);
  }

  /** Returns the rank that the waiter had. */
  #moveTo(waiter: RankedWaiter, rank: Rank): Rank {
    const before = waiter.rank;
    const lane = this.#laneOf(waiter);
    lane.remove(waiter);
    waiter.rank = rank;
    lane.add(waiter);
    return before;
  }

  #laneOf({ entry }: Waiter): Lane {
    const { version, maxConcurrency } = this.#limits;
    const bucket = bucketOf(entry.shard, maxConcurrency);
    const existing = this.#lanes.get(bucket);
    if (existing !== undefined) return existing;
    const lane = new Lane(bucket, {
      ...this.context,
      limitsVersion: version,
      onLimits: (limits) => this.#adopt(limits),
    });
    this.#lanes.set(bucket, lane);
    return lane;
  }
}
