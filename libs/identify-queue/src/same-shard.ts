import { compareRanks } from '@gateway-queue/identify-limiter';
import type { RankedWaiter } from './waiter.ts';

/**
 * The waiters of each named shard. There is more than one when a client, or a proxy between, asks again
 * before its old request is gone.
 */
export class SameShard {
  readonly #byShard = new Map<number, RankedWaiter[]>();

  add(waiter: RankedWaiter): void {
    const { shard } = waiter.entry;
    if (shard === null) return;
    const waiters = this.#byShard.get(shard);
    if (waiters === undefined) this.#byShard.set(shard, [waiter]);
    else waiters.push(waiter);
  }

  remove(waiter: RankedWaiter): void {
    const { shard } = waiter.entry;
    if (shard === null) return;
    const others = this.#byShard.get(shard)?.filter((other) => other !== waiter) ?? [];
    if (others.length === 0) this.#byShard.delete(shard);
    else this.#byShard.set(shard, others);
  }

  /** The first in line of a shard's waiters, leaving out one of them; none for requests that name no shard. */
  firstOf(shard: number | null, except?: RankedWaiter): RankedWaiter | undefined {
    const waiters = shard === null ? undefined : this.#byShard.get(shard);
    const [first] = (waiters ?? [])
      .filter((waiter) => waiter !== except)
      .toSorted((a, b) => compareRanks(a.rank, b.rank));
    return first;
  }
}
