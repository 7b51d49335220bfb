/**
 * Waits that double from `firstMs` to `lastMs`. Each wait is random between half of its step and all of it, so that shards that
 * were cut off together do not ask again together.
 */
export class Backoff {
  readonly #random: () => number;
  readonly #firstMs: number;
  readonly #lastMs: number;
  #stepMs: number;

  constructor(random: () => number, firstMs = 100, lastMs = 5000) {
    this.#random = random;
    this.#firstMs = firstMs;
    this.#lastMs = lastMs;
    this.#stepMs = firstMs;
  }

  /** Whether the waits have grown to the longest. */
  get isLongest(): boolean {
    return this.#stepMs === this.#lastMs;
  }

  /** The next wait, whole ms. */
  nextMs(): number {
    const stepMs = this.#stepMs;
    this.#stepMs = Math.min(this.#lastMs, stepMs * 2);
    return Math.round(stepMs / 2 + (stepMs / 2) * this.#random());
  }

  /** Starts over at the first step. */
  reset(): void {
    this.#stepMs = this.#firstMs;
  }
}
