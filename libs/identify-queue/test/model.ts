import { INTERVAL_MS } from './numbers.ts';

/** A rank in the model: within a priority, the smaller order goes first. */
interface ModelRank {
  readonly high: boolean;
  readonly order: number;
}

interface ModelWaiter {
  readonly id: number;
  readonly shard: number | null;
  readonly replica: string;
  rank: ModelRank;
}

interface ModelPlace {
  readonly shard: number | null;
  readonly rank: ModelRank;
  readonly leftAt: number;
}

interface LastPermit {
  /** Undefined once it was released. */
  readonly of: ModelWaiter | undefined;
  readonly at: number;
  readonly before: number;
}

const byRank = (a: { rank: ModelRank }, b: { rank: ModelRank }): number =>
  Number(b.rank.high) - Number(a.rank.high) || a.rank.order - b.rank.order;

/**
 * What the promises demand, without replicas, timers and store. The caller gives all moments, and they never go back.
 */
export class Model {
  readonly grants: { readonly id: number; readonly at: number }[] = [];
  waiters: ModelWaiter[] = [];
  places: ModelPlace[] = [];
  readonly paused = new Set<number | null>();
  #maxConcurrency = 1;
  #lastPermits = new Map<number, LastPermit>();
  #lastOfAll: number;
  #orders = 0;

  constructor(
    private now: number,
    private readonly placeTtlMs: number,
  ) {
    this.#lastOfAll = now;
  }

  /** Gives every permit that is due before or at `moment`. */
  runTo(moment: number): void {
    for (let due = this.#nextDue(); due !== undefined && due.at <= moment; due = this.#nextDue()) {
      this.now = due.at;
      const bucket = this.#bucketOf(due.waiter);
      const before = this.#lastPermits.get(bucket)?.at ?? -Infinity;
      this.#lastPermits.set(bucket, { of: due.waiter, at: due.at, before });
      this.waiters = this.waiters.filter((waiter) => waiter !== due.waiter);
      this.grants.push({ id: due.waiter.id, at: due.at });
    }
    this.now = moment;
  }

  join(id: number, shard: number | null, high: boolean, replica: string): void {
    this.#forgetExpired();
    const place = this.places.filter((other) => other.shard === shard).toSorted(byRank)[0];
    this.places = this.places.filter((other) => other !== place);
    const order = place?.rank.order ?? this.#orders++;
    this.waiters.push({ id, shard, replica, rank: { high, order } });
  }

  leave(id: number): void {
    const leaver = this.waiters.find((waiter) => waiter.id === id);
    if (leaver === undefined) return;
    this.waiters = this.waiters.filter((waiter) => waiter !== leaver);
    this.#keepPlace(leaver);
  }

  release(id: number): void {
    for (const [bucket, { of, before }] of this.#lastPermits) {
      if (of?.id !== id) continue;
      this.#lastPermits.set(bucket, { of: undefined, at: before, before: -Infinity });
      this.#keepPlace(of);
    }
  }

  crash(): void {
    const leftAt = this.now;
    this.places.push(...this.waiters.map(({ shard, rank }) => ({ shard, rank, leftAt })));
    this.waiters = [];
  }

  setMaxConcurrency(value: number): void {
    if (value === this.#maxConcurrency) return;
    const moments = [...this.#lastPermits.values()].map(({ at }) => at);
    this.#lastOfAll = Math.max(this.#lastOfAll, ...moments);
    this.#lastPermits = new Map();
    this.#maxConcurrency = value;
  }

  /** Whether this was the last permit of its bucket, and maxConcurrency has not changed since. */
  isLast(id: number): boolean {
    return [...this.#lastPermits.values()].some(({ of }) => of?.id === id);
  }

  /** The first waiting request of a named shard takes the place, if that is better than its own rank. */
  #keepPlace({ shard, rank }: ModelWaiter): void {
    this.places.push({ shard, rank, leftAt: this.now });
    if (shard === null) return;
    this.#forgetExpired();
    const [place] = this.places.filter((other) => other.shard === shard).toSorted(byRank);
    const [heir] = this.waiters.filter((other) => other.shard === shard).toSorted(byRank);
    if (place === undefined || heir === undefined) return;
    const inherited = { rank: { high: heir.rank.high, order: place.rank.order } };
    if (byRank(inherited, heir) >= 0) return;
    heir.rank = inherited.rank;
    this.places = this.places.filter((other) => other !== place);
  }

  #forgetExpired(): void {
    this.places = this.places.filter(({ leftAt }) => leftAt > this.now - this.placeTtlMs);
  }

  #nextDue(): { readonly waiter: ModelWaiter; readonly at: number } | undefined {
    const heads = new Map<number, ModelWaiter>();
    for (const waiter of this.waiters.toSorted(byRank).toReversed()) {
      heads.set(this.#bucketOf(waiter), waiter);
    }
    return [...heads]
      .filter(([bucket]) => !this.paused.has(null) && !this.paused.has(bucket))
      .map(([bucket, waiter]) => ({ waiter, at: Math.max(this.now, this.#opensAt(bucket)) }))
      .toSorted((a, b) => a.at - b.at)[0];
  }

  #opensAt(bucket: number): number {
    return Math.max(this.#lastOfAll, this.#lastPermits.get(bucket)?.at ?? -Infinity) + INTERVAL_MS;
  }

  #bucketOf({ shard }: ModelWaiter): number {
    return (shard ?? 0) % this.#maxConcurrency;
  }
}
