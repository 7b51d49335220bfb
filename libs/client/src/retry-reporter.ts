/** A request that failed and will be repeated. */
export interface Retry {
  /** What the request was for. */
  readonly action: 'identify' | 'confirm' | 'release';
  /** The shard that the request was for. */
  readonly shard: number;
  /** Why the request failed, in words, without secrets. */
  readonly reason: string;
  /** The HTTP status of the answer; undefined when there was no answer. */
  readonly status?: number | undefined;
  /** The code of the queue's problem, such as `unauthorized`; undefined when the answer is not the queue's. */
  readonly code?: string | undefined;
  /** In how many ms the client asks again. */
  readonly waitMs: number;
}

/**
 * Tells the bot's author of requests that failed: through `onRetry`, or else by process warnings, so that no shard waits
 * without a word.
 */
export class RetryReporter {
  readonly #onRetry: ((retry: Retry) => void) | undefined;
  /** The troubles that were warned of since the last permit. */
  readonly #warnedOf = new Set<string | number>();

  constructor(onRetry: ((retry: Retry) => void) | undefined) {
    this.#onRetry = onRetry;
  }

  /** @param lasts whether the trouble needs a person or has lasted, so that a process warning is due */
  report(retry: Retry, lasts: boolean): void {
    try {
      if (this.#onRetry) this.#onRetry(retry);
      else if (lasts) this.#warn(retry);
    } catch {
      // An error in the callback must not cost a shard its place.
    }
  }

  /** A shard got its permit: troubles that come from now on are warned of again. */
  onPermit(): void {
    this.#warnedOf.clear();
  }

  #warn({ shard, reason, status, code }: Retry): void {
    const trouble = code ?? status ?? 'no answer';
    if (this.#warnedOf.has(trouble)) return;
    this.#warnedOf.add(trouble);
    process.emitWarning(
      `Shard ${shard} has no permit yet: ${reason}. It asks again until it has one.`,
      'IdentifyWarning',
    );
  }
}
