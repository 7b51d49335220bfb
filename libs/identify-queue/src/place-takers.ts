import { isOnItsWay, type Waiter } from './waiter.ts';

/**
 * Those of a bot's waiters that enter again because a place of their shard was announced. What is announced together
 * with a place, for instance that its bucket is open, must not be had by another before the place is taken. No bucket is
 * woken meanwhile: of two places that are announced together one may be in another bucket.
 */
export class PlaceTakers {
  readonly #takers = new Set<Waiter>();
  /** The buckets that are to be woken as soon as the places are taken; null for every one. */
  readonly #waiting = new Set<number | null>();

  /** @param wakeNow asks for the head of one bucket, or with null of every one */
  constructor(private readonly wakeNow: (bucket: number | null) => void) {}

  /** This one is about to enter for a place. */
  add(waiter: Waiter): void {
    this.#takers.add(waiter);
  }

  /** To be called whenever a waiter has entered. */
  entered(waiter: Waiter): void {
    // It may have been on its way already when the place was announced, and be so once more.
    if (!isOnItsWay(waiter)) this.remove(waiter);
  }

  /** To be called when a waiter has its permit, or gave up. */
  remove(waiter: Waiter): void {
    if (!this.#takers.delete(waiter) || this.#takers.size > 0) return;
    const buckets = Array.from(this.#waiting);
    this.#waiting.clear();
    for (const bucket of buckets) this.wakeNow(bucket);
  }

  /** Wakes a bucket, or with null every one: at once, unless a place is being taken. */
  wake(bucket: number | null): void {
    if (this.#takers.size > 0) this.#waiting.add(bucket);
    else this.wakeNow(bucket);
  }
}
