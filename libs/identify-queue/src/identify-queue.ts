import type { Clock, Entry, IdentifyLimiter, Permit, Rank } from '@gateway-queue/identify-limiter';
import { BotLines } from './bot-lines.ts';
import { Entrance } from './entrance.ts';
import { Retrier } from './retrier.ts';
import { type GivenPermit, isRanked, type RankedWaiter, type Waiter } from './waiter.ts';

export interface IdentifyQueueOptions {
  readonly limiter: IdentifyLimiter;
  readonly clock: Clock;
  /** Called with each failure of the limiter. The queue goes on by itself: it repeats what failed. */
  readonly onLimiterError: (error: unknown) => void;
}

/**
 * Holds requests until they may identify: first by priority, then first come, first served, in each
 * bucket of each bot. It keeps the waiters; whether one may go now is for the limiter to say.
 */
export class IdentifyQueue {
  readonly #limiter: IdentifyLimiter;
  readonly #clock: Clock;
  readonly #retrier: Retrier;
  readonly #entrance: Entrance;
  readonly #bots = new Map<string, BotLines>();
  readonly #stopListening: () => void;
  #size = 0;

  constructor({ limiter, clock, onLimiterError }: IdentifyQueueOptions) {
    this.#limiter = limiter;
    this.#clock = clock;
    this.#retrier = new Retrier(clock, onLimiterError);
    this.#entrance = new Entrance(limiter, this.#retrier, (waiter, rank) =>
      this.#entered(waiter, rank),
    );
    this.#stopListening = limiter.onChange(({ bot, bucket }) => this.#bots.get(bot)?.wake(bucket));
  }

  /** How many requests are held. */
  get size(): number {
    return this.#size;
  }

  /**
   * Waits for a permit, for as long as it takes. It never fails because the limiter does.
   *
   * @param signal when it aborts, the request leaves: it takes no permit, and its place is kept
   * @throws the signal's reason (as a rejection) once it aborts before the permit was given
   */
  wait(entry: Entry, signal: AbortSignal): Promise<GivenPermit> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { entry, since: this.#clock.now(), done: false, resolve: given };
      const leave = (): void => {
        this.#leave(waiter);
        reject(signal.reason);
      };
      function given(permit: GivenPermit): void {
        signal.removeEventListener('abort', leave);
        resolve(permit);
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#size += 1;
      this.#entrance.admit(waiter);
    });
  }

  /** The permit did not reach its shard: bucket and budget get it back, and the shard keeps its place. */
  giveBack({ bot, id }: Permit): void {
    this.#retrier.inBackground(() => this.#limiter.giveBack(bot, id));
  }

  /**
   * Stops asking for permits. To be called when no request is held any more; resolves when all that
   * was under way with the limiter is over.
   */
  async close(): Promise<void> {
    this.#stopListening();
    for (const lines of this.#bots.values()) lines.retire();
    await this.#retrier.close();
  }

  #entered(waiter: Waiter, rank: Rank): void {
    const { bot } = waiter.entry;
    if (waiter.done) this.#keepPlace(bot, rank);
    else this.#linesOf(bot).add(waiter, rank);
  }

  #leave(waiter: Waiter): void {
    this.#end(waiter);
    // One that has no rank yet is seen to when it has entered, or never enters.
    if (!isRanked(waiter)) return;
    const { bot } = waiter.entry;
    this.#keepPlace(bot, this.#linesOf(bot).gaveUp(waiter));
  }

  #permitCame(asked: RankedWaiter, usedRank: Rank, permit: Permit): void {
    const lines = this.#linesOf(permit.bot);
    // Whoever asked may have left meanwhile; its rank may then be held by the same shard's next request.
    const waiter = asked.done ? lines.holderOf(usedRank, permit.shard) : asked;
    if (waiter === undefined) {
      this.giveBack(permit);
      return;
    }
    this.#end(waiter);
    lines.served(waiter);
    if (waiter.rank !== usedRank) this.#keepPlace(permit.bot, waiter.rank);
    waiter.resolve({ ...permit, waitedMs: this.#clock.now() - waiter.since });
  }

  #end(waiter: Waiter): void {
    waiter.done = true;
    this.#size -= 1;
  }

  #keepPlace(bot: string, rank: Rank): void {
    this.#retrier.inBackground(() => this.#limiter.leave(bot, rank));
  }

  #linesOf(bot: string): BotLines {
    const lines =
      this.#bots.get(bot) ??
      new BotLines({
        bot,
        limiter: this.#limiter,
        clock: this.#clock,
        retrier: this.#retrier,
        onPermit: (waiter, usedRank, permit) => this.#permitCame(waiter, usedRank, permit),
      });
    this.#bots.set(bot, lines);
    return lines;
  }
}
