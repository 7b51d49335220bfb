import { Line } from './line.ts';
import type { RankedWaiter } from './waiter.ts';

/**
 * The waiters of each named shard, in their order. There is more than one when a client, or a proxy between,
 * asks again before its old request is gone. Requests that name no shard are not looked at.
 */
export class SameShard {
  readonly #lines = new Map<number, Line<RankedWaiter>>();

  add(waiter: RankedWaiter): void {
    const { shard } = waiter.entry;
    if (shard === null) return;
    const line = this.#lines.get(shard) ?? new Line<RankedWaiter>();
    this.#lines.set(shard, line);
    line.add(waiter);
  }

  /** To be called while the waiter has the rank that it was added with. */
  remove(waiter: RankedWaiter): void {
    const { shard } = waiter.entry;
    if (shard === null) return;
    const line = this.#lines.get(shard);
    line?.remove(waiter);
    if (line?.size === 0) this.#lines.delete(shard);
  }

  /** The first in line of a shard's waiters. */
  firstOf(shard: number | null): RankedWaiter | undefined {
    return shard === null ? undefined : this.#lines.get(shard)?.first;
  }
}
