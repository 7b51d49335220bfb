import type { AbortSignalLike, Timing } from '../src/index.ts';

interface Limit {
  readonly ms: number;
  readonly callback: () => void;
}

/**
 * Timing that a test drives. A wait ends at once, and its length is recorded. After {@link holdSleeps} a wait lasts until it is
 * aborted. Limits expire when the test says so.
 */
export class TestTiming implements Timing {
  /** The lengths of all waits so far, in ms. */
  readonly sleeps: number[] = [];
  /** The limits that have not expired. */
  readonly limits = new Set<Limit>();
  /** What random() returns. */
  randomValue = 0;
  #now = 0;
  #held = false;
  #onSleep: (() => void) | undefined;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.randomValue;
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal?: AbortSignalLike): Promise<void> {
    if (signal?.aborted) throw signal.reason;
    this.sleeps.push(ms);
    this.#onSleep?.();
    if (!this.#held) {
      this.#now += ms;
      return;
    }
    await new Promise<void>((_resolve, reject) => {
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }

  after(ms: number, callback: () => void): () => void {
    const limit = { ms, callback };
    this.limits.add(limit);
    return () => this.limits.delete(limit);
  }

  /** Makes all current limits expire. */
  runOut(): void {
    for (const limit of this.limits) {
      this.limits.delete(limit);
      this.#now += limit.ms;
      limit.callback();
    }
  }

  /** Resolves when the next wait has begun. That wait lasts until it is aborted. */
  holdSleeps(): Promise<void> {
    this.#held = true;
    return new Promise((resolve) => {
      this.#onSleep = resolve;
    });
  }
}
