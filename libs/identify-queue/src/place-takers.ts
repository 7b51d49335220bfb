import type { Waiter } from './waiter.ts';

/** A bucket; null for every one. */
type Bucket = number | null;

const NONE: readonly Bucket[] = [];

/**
 * The waiters of a bot that are being enrolled again because a place of their shard was announced. What is
 * announced together with the place, for instance that its bucket is open, must not go to another shard before the
 * place is taken. So no bucket is woken meanwhile: of two places that are announced together one may be in another
 * bucket.
 */
export class PlaceTakers {
  readonly #takers = new Set<Waiter>();
  readonly #postponed = new Set<Bucket>();

  /** The waiter is about to be enrolled for a place. */
  add(waiter: Waiter): void {
    this.#takers.add(waiter);
  }

  /** Whether this bucket must not be woken yet. Then {@link remove} returns it later. */
  postpones(bucket: Bucket): boolean {
    if (this.#takers.size === 0) return false;
    this.#postponed.add(bucket);
    return true;
  }

  /**
   * The waiter has been enrolled, or is done.
   *
   * @returns the buckets that are to be woken now
   */
  remove(waiter: Waiter): readonly Bucket[] {
    if (!this.#takers.delete(waiter) || this.#takers.size > 0) return NONE;
    const buckets = Array.from(this.#postponed);
    this.#postponed.clear();
    return buckets;
  }
}
