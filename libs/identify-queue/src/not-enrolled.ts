import type { Waiter } from './waiter.ts';

/** Those of a bot's waiters that have no rank yet, in the order in which they came. */
export class Outside implements Iterable<Waiter> {
  readonly #all = new Set<Waiter>();
  /** The same, by the shard that they name; null for those that name none. */
  readonly #byShard = new Map<number | null, Set<Waiter>>();

  add(waiter: Waiter): void {
    const { shard } = waiter.entry;
    this.#all.add(waiter);
    const same = this.#byShard.get(shard) ?? new Set();
    this.#byShard.set(shard, same);
    same.add(waiter);
  }

  remove(waiter: Waiter): void {
    const { shard } = waiter.entry;
    this.#all.delete(waiter);
    const same = this.#byShard.get(shard);
    same?.delete(waiter);
    if (same?.size === 0) this.#byShard.delete(shard);
  }

  /** Who came first of those that name this shard. */
  firstOf(shard: number): Waiter | undefined {
    const [first] = this.#byShard.get(shard) ?? [];
    return first;
  }

  [Symbol.iterator](): Iterator<Waiter> {
    return this.#all.values();
  }
}
