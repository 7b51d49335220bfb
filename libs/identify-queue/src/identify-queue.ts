import type {
  Change,
  Clock,
  Entry,
  IdentifyLimiter,
  Permit,
} from '@gateway-queue/identify-limiter';
import { BotLines } from './bot-queue.ts';
import { EvictedError } from './evicted-error.ts';
import type { BotLineView } from './line-view.ts';
import { WaitOverError } from './estimate.ts';
import type { GivenPermit, RankedWaiter, Waiter } from './waiter.ts';

/** What a request says of itself. */
export interface IdentifyRequest extends Omit<Entry, 'id' | 'rank'> {
  /** Whether the shard will confirm its permit; not unless it says so. */
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
 * Holds requests until they may identify: first by priority, then first come, first served, in each
 * bucket of each bot. It keeps the waiters; whether one may go now is for the limiter to say.
 */
export class IdentifyQueue {
  readonly #options: IdentifyQueueOptions;
  readonly #bots = new Map<string, BotLines>();
  readonly #stopListening: () => void;
  /** Tells this queue's entries from those of every other. */
  readonly #idPrefix = crypto.randomUUID();
  #lastId = 0;
  #size = 0;

  constructor(options: IdentifyQueueOptions) {
    this.#options = options;
    this.#stopListening = options.limiter.onChange((change) => this.#changed(change));
  }

  /** How many requests are held. */
  get size(): number {
    return this.#size;
  }

  /** The lines of every bot for which somebody waits here. Takes time by the number of those who wait. */
  lines(): BotLineView[] {
    return Array.from(this.#bots, ([bot, lines]) => ({ bot, lines: lines.views() })).filter(
      ({ lines }) => lines.length > 0,
    );
  }

  /**
   * Waits for a permit, for as long as it takes or as it is allowed. It never fails because the limiter does.
   *
   * @param signal when it aborts, the request leaves: it takes no permit, and its place is kept if it has one yet
   * @param maxWaitMs after so many ms it leaves likewise
   * @throws the signal's reason (as a rejection) once it aborts before the permit was given
   * @throws WaitOverError (as a rejection) once `maxWaitMs` are over
   * @throws EvictedError (as a rejection) when an operator ended the wait; no place is kept
   */
  async wait(
    request: IdentifyRequest,
    signal: AbortSignal,
    maxWaitMs = Infinity,
  ): Promise<GivenPermit> {
    signal.throwIfAborted();
    const { clock } = this.#options;
    return new Promise((resolve, reject) => {
      const { confirm = false, ...rest } = request;
      const waiter: Waiter = {
        entry: { ...rest, id: this.#nextId() },
        confirm,
        since: clock.now(),
        cameAt: clock.wallNow(),
        entering: false,
        asked: 0,
        rankAsked: 0,
        presented: false,
        done: false,
        needsNoPlace: false,
        resolve(permit) {
          letGo();
          resolve(permit);
        },
        reject(reason) {
          letGo();
          reject(reason);
        },
      };
      const leave = (): void => {
        this.#leave(waiter);
        waiter.reject(signal.reason);
      };
      const cancelTimer =
        maxWaitMs === Infinity
          ? () => undefined
          : clock.setTimer(maxWaitMs, () => {
              const estimate = this.#linesOf(waiter.entry.bot).estimateFor(waiter);
              this.#leave(waiter);
              waiter.reject(new WaitOverError(estimate));
            });
      function letGo(): void {
        signal.removeEventListener('abort', leave);
        cancelTimer();
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#size += 1;
      this.#linesOf(waiter.entry.bot).came(waiter);
    });
  }

  /** The permit did not reach its shard: bucket and budget get it back, and the shard keeps its place. */
  release({ bot, id }: Permit): void {
    this.#linesOf(bot).release(id);
  }

  /**
   * Stops asking for permits. To be called when no request is held any more; resolves when all that
   * was under way with the limiter is over.
   */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all(Array.from(this.#bots.values(), (lines) => lines.close()));
  }

  #changed(change: Change): void {
    const lines = this.#bots.get(change.bot);
    if (lines === undefined) return;
    if ('bucket' in change) lines.wake(change.bucket);
    else if ('placeOf' in change) lines.placeLeft(change.placeOf);
    else if ('evicted' in change) this.#evict(lines, change.evicted);
    else if ('entriesLost' in change) lines.enterAgain();
  }

  #evict(lines: BotLines, entry: string): void {
    const waiter = lines.find(entry);
    if (waiter === undefined) return;
    this.#end(waiter);
    waiter.needsNoPlace = true;
    lines.sentAway(waiter);
    waiter.reject(new EvictedError());
  }

  #leave(waiter: Waiter): void {
    this.#end(waiter);
    this.#linesOf(waiter.entry.bot).gaveUp(waiter);
  }

  #permitCame(asked: RankedWaiter, permit: Permit): void {
    if (!asked.done) {
      this.#give(permit, asked);
      return;
    }
    // The shard may have come back while the answer was under way.
    const lines = this.#linesOf(permit.bot);
    const again = lines.firstOf(permit.shard);
    // A permit that is to be confirmed is none for a request that never confirms, nor the other way round.
    if (again === undefined || again.confirm !== asked.confirm) {
      lines.releaseAfterNext(permit.id);
      return;
    }
    this.#give(permit, again);
    lines.forget(again);
  }

  #give(permit: Permit, waiter: RankedWaiter): void {
    this.#end(waiter);
    waiter.needsNoPlace = true;
    this.#linesOf(permit.bot).served(waiter);
    waiter.resolve({ ...permit, waitedMs: this.#options.clock.now() - waiter.since });
  }

  #end(waiter: Waiter): void {
    waiter.done = true;
    this.#size -= 1;
  }

  #linesOf(bot: string): BotLines {
    const lines =
      this.#bots.get(bot) ??
      new BotLines({
        bot,
        ...this.#options,
        onPermit: (waiter, permit) => this.#permitCame(waiter, permit),
      });
    this.#bots.set(bot, lines);
    return lines;
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#idPrefix}.${this.#lastId}`;
  }
}
