import type { LastDenial } from './waiter.ts';

/** What is known of when a bucket opens, for estimates. All moments are on the queue's clock. */
export class KnownOpening {
  /** What the limiter last said of the bucket's head; undefined while the line is empty. */
  #denial: LastDenial | undefined;
  /** When the bucket opens, whatever else its line waits for. */
  #opensAt = -Infinity;

  /** @param intervalMs ms between two permits of the bucket */
  constructor(private readonly intervalMs: number) {}

  get denial(): LastDenial | undefined {
    return this.#denial;
  }

  /**
   * When the bucket has its next turn; null when that takes a change, or is not known.
   *
   * @param isLineEmpty then only the bucket itself is waited for
   */
  nextTurnAt(isLineEmpty: boolean, now: number): number | null {
    const until = isLineEmpty ? -Infinity : (this.#denial?.until ?? null);
    // When a pause or another denial is over, the line still has to wait for its bucket.
    return until === null ? null : Math.max(until, this.#opensAt, now);
  }

  /** The head got a permit. */
  granted(now: number): void {
    this.#opensAt = now + this.intervalMs;
  }

  /**
   * The head was denied its permit.
   *
   * @param announced whether a change of the bucket had been announced before the limiter was asked
   */
  denied(denial: LastDenial, announced: boolean, now: number): void {
    if (denial.reason === 'interval' && denial.until !== null) {
      this.#opensAt = denial.until;
    } else if (announced && denial.reason === this.#denial?.reason) {
      // The reason is the same as before, so the announced change was another one. The permit that closed the bucket
      // may have been confirmed, or released: then the bucket opens an interval from now at the latest.
      this.#opensAt = Math.min(this.#opensAt, now + this.intervalMs);
    }
    this.#denial = denial;
  }

  /** The line is empty: what the limiter said of its head is over. */
  lineEmptied(): void {
    this.#denial = undefined;
  }
}
