import { bucketOf, compareRanks, type Limits, type Rank } from '@gateway-queue/identify-limiter';
import { Lane, type LaneContext } from './lane.ts';
import type { Outlook } from './outlook.ts';
import { SameShard } from './same-shard.ts';
import { isRanked, type RankedWaiter, type Waiter } from './waiter.ts';

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

  /** Puts the waiter where the rank belongs that the limiter holds for it. */
  place(waiter: Waiter, rank: Rank): void {
    if (isRanked(waiter)) {
      this.#move(waiter, rank);
      return;
    }
    const ranked = Object.assign(waiter, { rank });
    this.#sameShard.add(ranked);
    this.#laneOf(ranked).add(ranked);
  }

  /**
   * Takes a waiter out that gave up. When another request of its shard waits, the shard has come back
   * already: that one moves up before the line goes on.
   */
  gaveUp(waiter: RankedWaiter): void {
    this.#sameShard.remove(waiter);
    const heir = this.#sameShard.firstOf(waiter.entry.shard);
    if (heir !== undefined) {
      const inherited = { ...waiter.rank, priority: heir.entry.priority };
      if (compareRanks(inherited, heir.rank) < 0) this.#move(heir, inherited);
    }
    this.#laneOf(waiter).remove(waiter);
  }

  /** Takes a waiter out that has its permit. */
  served(waiter: RankedWaiter): void {
    this.#sameShard.remove(waiter);
    this.#laneOf(waiter).remove(waiter);
  }

  /** How things stand for one of the waiters. */
  outlookFor(waiter: RankedWaiter): Outlook {
    return this.#laneOf(waiter).outlookFor(waiter);
  }

  /** The first in line of the shard's waiters; undefined for requests that name no shard, which may be any. */
  firstOf(shard: number | null): RankedWaiter | undefined {
    return this.#sameShard.firstOf(shard);
  }

  /** Asks for the head of one bucket, or of every one. */
  wake(bucket: number | null): void {
    if (bucket !== null) {
      this.#lanes.get(bucket)?.wake();
      return;
    }
    for (const lane of this.#lanes.values()) {
      lane.unparkAll();
      lane.wake();
    }
  }

  /** Ends all lanes, and takes their heads back. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#lanes.values(), (lane) => lane.close()));
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

  #move(waiter: RankedWaiter, rank: Rank): void {
    this.#sameShard.remove(waiter);
    this.#laneOf(waiter).move(waiter, rank);
    this.#sameShard.add(waiter);
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
