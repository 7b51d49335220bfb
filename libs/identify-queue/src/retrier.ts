import type { Clock } from '@gateway-queue/identify-limiter';

const FIRST_PAUSE_MS = 50;
const MAX_RETRY_PAUSE_MS = 1000;

/** A try has failed, and the retrier is stopped. */
export class RetrierStoppedError extends Error {
  override readonly name = 'RetrierStoppedError';
}

/** For `catch`, behind a loop that ends when the retrier is stopped: throws every other error again. */
export function unlessStopped(error: unknown): void {
  if (!(error instanceof RetrierStoppedError)) throw error;
}

/**
 * Repeats each operation until it succeeds: while the store is away, operations are late, and none is lost. The
 * pauses between the tries double from 50 ms to 1 s.
 */
export class Retrier {
  readonly #running = new Set<Promise<unknown>>();
  readonly #wakers = new Set<() => void>();
  #stopped = false;
  #failing = 0;

  /** @param onError called with each failure, which is then retried */
  constructor(
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Whether an operation has failed and has not succeeded since. */
  get isFailing(): boolean {
    return this.#failing > 0;
  }

  /**
   * Resolves to the result of the first success.
   *
   * @throws RetrierStoppedError (as a rejection) when a try fails and the retrier is stopped
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

  /** Like {@link untilDone}, for an operation whose result is not needed. */
  inBackground(operation: () => Promise<void>): void {
    this.untilDone(operation).catch(unlessStopped);
  }

  /** From now on each operation has one try. An operation that is between two tries has its last one at once. */
  stop(): void {
    this.#stopped = true;
    for (const wake of this.#wakers) wake();
  }

  /** Resolves when no operation is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #run<T>(operation: () => Promise<T>): Promise<T> {
    const first = await this.#try(operation);
    if (first !== undefined) return first.result;
    this.#failing += 1;
    try {
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_RETRY_PAUSE_MS)) {
        await this.#pause(pauseMs);
        const next = await this.#try(operation);
        if (next !== undefined) return next.result;
      }
    } finally {
      this.#failing -= 1;
    }
  }

  /** Resolves to undefined when the operation failed and is to be repeated. */
  async #try<T>(operation: () => Promise<T>): Promise<{ result: T } | undefined> {
    try {
      return { result: await operation() };
    } catch (error) {
      this.onError(error);
      if (this.#stopped) throw new RetrierStoppedError('stopped', { cause: error });
      return undefined;
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
