import { monotonicNow } from '../discord/clock.ts';
import type { Service } from '../service/service.ts';
import { ask } from '../http/ask.ts';
import { permit } from './expected.ts';

/**
 * A bucket that no other test uses, so that it is known from when on each of its permits may come: the
 * first one was not given before it was asked for, and each later one an interval after the last.
 */
export class Bucket {
  readonly #askedAt = monotonicNow();
  #shard: number;
  #permits = 0;

  private constructor(
    bucket: number,
    private readonly maxConcurrency: number,
    private readonly intervalMs: number,
  ) {
    this.#shard = bucket;
  }

  /** Takes the bucket's first permit, so that it is closed. */
  static async close(
    service: Service,
    bucket: number,
    { maxConcurrency, intervalMs }: { maxConcurrency: number; intervalMs: number },
  ): Promise<Bucket> {
    const closed = new Bucket(bucket, maxConcurrency, intervalMs);
    await ask(service, { target: closed.nextTarget() });
    closed.nextPermit();
    return closed;
  }

  /** Asks for a shard of this bucket that did not ask before. */
  nextTarget(): string {
    const target = `/?shard=${this.#shard}`;
    this.#shard += this.maxConcurrency;
    return target;
  }

  /** What the answer with the bucket's next permit has to be: it was held until the bucket was open. */
  nextPermit(method?: string): object {
    const opensAt = this.#askedAt + this.#permits * this.intervalMs;
    this.#permits += 1;
    return { ...permit(method), at: atLeast(opensAt) };
  }
}

/** To stand in what is expected, in place of a number. */
function atLeast(least: number): object {
  return {
    asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= least,
    toString: () => `at least ${least}`,
    toAsymmetricMatcher: () => `at least ${least}`,
  };
}
