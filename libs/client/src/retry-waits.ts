import { Backoff } from './backoff.ts';
import type { Failure } from './failure.ts';

/** The waits after a refusal, in ms: the first one, and a minute at most. A proxy that has just started may refuse for a moment. */
const REFUSED_FIRST_MS = 1000;
const REFUSED_LAST_MS = 60_000;
/**
 * The longest wait that the queue may ask for, in ms. The queue keeps a place for 90 s (`PLACE_TTL_MS`), but may tell the
 * shard to ask again in hours, when the budget is spent.
 */
const MAX_QUEUE_MS = 30_000;
/** A request that took at least this many ms was held, so the client may ask again at once without overrunning the queue. */
const HELD_MS = 1000;
/** The most ms that are added at random, so that shards do not all ask again at the same time. */
const JITTER_MS = 100;

/** How long one shard waits after each of its failures. */
export class RetryWaits {
  readonly #random: () => number;
  readonly #heldMs: number;
  /** After a failure that is over when the queue, or the way to it, is up again. */
  readonly #afterTrouble: Backoff;
  /** After a refusal. */
  readonly #afterRefusal: Backoff;

  /** @param maxWaitMs how long the queue may hold one request, in ms */
  constructor(random: () => number, maxWaitMs: number) {
    this.#random = random;
    this.#heldMs = Math.min(HELD_MS, maxWaitMs);
    this.#afterTrouble = new Backoff(random);
    this.#afterRefusal = new Backoff(random, REFUSED_FIRST_MS, REFUSED_LAST_MS);
  }

  /** Whether the trouble has lasted so long, some seconds, that the waits have grown to their longest. */
  get troubleLasts(): boolean {
    return this.#afterTrouble.isLongest;
  }

  /**
   * How long to wait before asking again, in ms: as long as the queue said, or the next step of a backoff when it said nothing.
   * After a quick answer the backoff is the least wait, whatever the answer said: a proxy may say 0 every time.
   *
   * @param tookMs how long the failed request took
   */
  nextMs({ isRefusal, queueMs }: Failure, tookMs: number): number {
    if (isRefusal) return this.#afterRefusal.nextMs();
    this.#afterRefusal.reset();
    const wasHeld = tookMs >= this.#heldMs;
    if (wasHeld) this.#afterTrouble.reset();
    if (queueMs === undefined) return this.#afterTrouble.nextMs();
    // Shards that were held have places in line already, and a late one may miss its turn.
    if (wasHeld) return Math.min(MAX_QUEUE_MS, queueMs);
    const minMs = this.#afterTrouble.nextMs();
    return Math.min(
      MAX_QUEUE_MS,
      Math.max(queueMs, minMs) + Math.round(JITTER_MS * this.#random()),
    );
  }
}
