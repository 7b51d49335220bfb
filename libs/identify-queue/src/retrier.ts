import type { Clock } from '@gateway-queue/identify-limiter';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** What a retrier rejects with once it is closed. */
export class RetrierClosedError extends Error {
  override readonly name = 'RetrierClosedError';
}

/** To be put behind what ends with the retrier: passes on any error but that of its end. */
export function unlessClosed(error: unknown): void {
  if (!(error instanceof RetrierClosedError)) throw error;
}

/**
 * Repeats what failed until it succeeds, so that a store that is away for a while delays what is due
 * to it, and loses nothing. Pauses between the tries double from 50 ms to 1 s.
 */
export class Retrier {
  readonly #running = new Set<Promise<unknown>>();
  readonly #wakers = new Set<() => void>();
  #closed = false;

  /** @param onError called with each failure, which is then retried */
  constructor(
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * Resolves to the result of the first success.
   *
   * @throws RetrierClosedError (as a rejection) when the retrier was closed and the try under way failed
   */
  async untilDone<T>(operation: () => Promise<T>): Promise<T> {
    const run = this.#run(operation);
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }

  /** Like {@link untilDone}, for what nobody waits for. */
  inBackground(operation: () => Promise<void>): void {
    this.untilDone(operation).catch(unlessClosed);
  }

  /** Lets each operation end its try, repeats none of them, and resolves when all are over. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#wakers) wake();
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #run<T>(operation: () => Promise<T>): Promise<T> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await operation();
      } catch (error) {
        this.onError(error);
        if (this.#closed) throw new RetrierClosedError('closed', { cause: error });
      }
      await this.#pause(pauseMs);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#wakers.delete(wake);
        resolve();
      };
      const cancel = this.clock.setTimer(ms, wake);
      this.#wakers.add(wake);
    });
  }
}
