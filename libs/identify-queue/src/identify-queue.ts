import type { Clock, Entry, IdentifyLimiter, Permit } from '@gateway-queue/identify-limiter';
import { BotQueue } from './bot-queue.ts';
import { WaitOverError } from './estimate.ts';
import type { BotHoldView } from './hold-view.ts';
import type { BotLineView } from './line-view.ts';
import type { GivenPermit, Waiter } from './waiter.ts';

/** What a request says of itself. */
export interface IdentifyRequest extends Omit<Entry, 'id' | 'rank'> {
  /** Whether the shard will confirm its permit; false by default. */
  readonly confirm?: boolean;
}

export interface IdentifyQueueOptions {
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  /** Called with each failure of the limiter. The queue goes on by itself: it repeats what failed. */
  readonly onLimiterError: (error: unknown) => void;
  /** Ms between two permits of a bucket, for estimates alone. */
  readonly intervalMs: number;
}

/**
 * Holds requests until they may identify: first by priority, then first come, first served, in each bucket of each
 * bot. It keeps the waiters; whether one of them may go now is for the limiter to say.
 */
export class IdentifyQueue {
  readonly #options: IdentifyQueueOptions;
  readonly #bots = new Map<string, BotQueue>();
  readonly #stopListening: () => void;
  /** Tells the entries of this queue from those of every other. */
  readonly #idPrefix = crypto.randomUUID();
  #lastId = 0;

  constructor(options: IdentifyQueueOptions) {
    this.#options = options;
    this.#stopListening = options.limiter.onChange((change) =>
      this.#bots.get(change.bot)?.changed(change),
    );
  }

  /** How many requests are held. */
  get size(): number {
    let size = 0;
    for (const queue of this.#bots.values()) size += queue.size;
    return size;
  }

  /** The lines of all bots that have waiters here. Takes time by the number of waiters. */
  lines(): BotLineView[] {
    return Array.from(this.#bots, ([bot, queue]) => ({ bot, lines: queue.lines() })).filter(
      ({ lines }) => lines.length > 0,
    );
  }

  /** What holds back the waiters of all bots for longer than their lines do. Takes time by the number of buckets. */
  holds(): BotHoldView[] {
    return Array.from(this.#bots, ([bot, queue]) => ({ bot, holds: queue.holds() })).filter(
      ({ holds }) => holds.length > 0,
    );
  }

  /**
   * Waits for a permit, for as long as it takes or as it is allowed. It never fails because the limiter does.
   *
   * @param signal when it aborts, the request leaves: it takes no permit, and its place is kept if it has one yet
   * @param maxWaitMs after so many ms the request leaves likewise
   * @throws the signal's reason (as a rejection) once it aborts before the permit was given
   * @throws WaitOverError (as a rejection) once `maxWaitMs` are over
   * @throws EvictedError (as a rejection) when an operator ended the wait; no place is kept
   */
  wait(request: IdentifyRequest, signal: AbortSignal, maxWaitMs = Infinity): Promise<GivenPermit> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const { clock } = this.#options;
    const { confirm = false, ...rest } = request;
    const entry = { ...rest, id: this.#nextId() };
    const queue = this.#queueOf(entry.bot);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        entry,
        confirm,
        since: clock.now(),
        state: { kind: 'joining', since: clock.wallNow() },
        resolve(permit) {
          stopListening();
          resolve(permit);
        },
        reject(reason) {
          stopListening();
          reject(reason);
        },
      };
      const leave = (): void => queue.leave(waiter, signal.reason);
      const cancelTimer =
        maxWaitMs === Infinity
          ? undefined
          : clock.setTimer(maxWaitMs, () =>
              queue.leave(waiter, new WaitOverError(queue.estimateFor(waiter))),
            );
      function stopListening(): void {
        signal.removeEventListener('abort', leave);
        cancelTimer?.();
      }
      signal.addEventListener('abort', leave, { once: true });
      queue.join(waiter);
    });
  }

  /** The permit did not reach its shard: bucket and budget get it back, and the shard keeps its place. */
  release({ bot, id }: Permit): void {
    this.#queueOf(bot).release(id);
  }

  /**
   * Stops asking for permits. To be called when no request is held any more; resolves when all calls of the limiter
   * that were under way are over.
   */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all(Array.from(this.#bots.values(), (queue) => queue.close()));
  }

  #queueOf(bot: string): BotQueue {
    const queue = this.#bots.get(bot) ?? new BotQueue({ bot, ...this.#options });
    this.#bots.set(bot, queue);
    return queue;
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#idPrefix}.${this.#lastId}`;
  }
}
