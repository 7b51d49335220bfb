import { Line } from './line.ts';
import type { RankedWaiter } from './waiter.ts';

/**
 * The ranked waiters of each named shard, in the order of their ranks. A shard has more than one when a client, or a
 * proxy in between, asks again before the old request is gone. Requests that name no shard are left out.
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

  /** The first of a shard's waiters; undefined for requests that name no shard, since each of them may be any. */
  firstOf(shard: number | null): RankedWaiter | undefined {
    return shard === null ? undefined : this.#lines.get(shard)?.first;
  }
}
