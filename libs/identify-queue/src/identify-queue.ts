import type {
  Change,
  Clock,
  Entry,
  IdentifyLimiter,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';
import { BotLines } from './bot-lines.ts';
import { Door } from './door.ts';
import { WaitOverError } from './outlook.ts';
import { Retrier } from './retrier.ts';
import type { GivenPermit, RankedWaiter, Waiter } from './waiter.ts';

/** What a request says of itself. */
export interface IdentifyRequest extends Omit<Entry, 'id'> {
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
  readonly #limiter: IdentifyLimiter;
  readonly #clock: Clock;
  readonly #retrier: Retrier;
  readonly #door: Door;
  readonly #bots = new Map<string, BotLines>();
  readonly #intervalMs: number;
  readonly #stopListening: () => void;
  /** Tells this queue's entries from those of every other. */
  readonly #idPrefix = crypto.randomUUID();
  #lastId = 0;
  #size = 0;

  constructor({ limiter, clock, onLimiterError, intervalMs }: IdentifyQueueOptions) {
    this.#intervalMs = intervalMs;
    this.#limiter = limiter;
    this.#clock = clock;
    this.#retrier = new Retrier(clock, onLimiterError);
    this.#door = new Door(limiter, clock, this.#retrier, (waiter, rank) =>
      this.#entered(waiter, rank),
    );
    this.#stopListening = limiter.onChange((change) => this.#changed(change));
  }

  /** How many requests are held. */
  get size(): number {
    return this.#size;
  }

  /**
   * Waits for a permit, for as long as it takes or as it is allowed. It never fails because the limiter does.
   *
   * @param signal when it aborts, the request leaves: it takes no permit, and its place is kept if it has one yet
   * @param maxWaitMs after so many ms it leaves likewise
   * @throws the signal's reason (as a rejection) once it aborts before the permit was given
   * @throws WaitOverError (as a rejection) once `maxWaitMs` are over
   */
  async wait(
    request: IdentifyRequest,
    signal: AbortSignal,
    maxWaitMs = Infinity,
  ): Promise<GivenPermit> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const { confirm = false, ...rest } = request;
      const waiter: Waiter = {
        entry: { ...rest, id: this.#nextId() },
        confirm,
        since: this.#clock.now(),
        entering: false,
        asked: false,
        rankAsked: 0,
        presented: false,
        done: false,
        served: false,
        resolve: given,
      };
      const leave = (): void => {
        cancelTimer();
        this.#leave(waiter);
        reject(signal.reason);
      };
      const cancelTimer =
        maxWaitMs === Infinity
          ? () => undefined
          : this.#clock.setTimer(maxWaitMs, () => {
              signal.removeEventListener('abort', leave);
              const outlook = this.#linesOf(waiter.entry.bot).outlookFor(waiter);
              this.#leave(waiter);
              reject(new WaitOverError(outlook));
            });
      function given(permit: GivenPermit): void {
        signal.removeEventListener('abort', leave);
        cancelTimer();
        resolve(permit);
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#size += 1;
      this.#linesOf(waiter.entry.bot).came(waiter);
      this.#door.enter(waiter);
    });
  }

  /** The permit did not reach its shard: bucket and budget get it back, and the shard keeps its place. */
  giveBack({ bot, id }: Permit): void {
    this.#retrier.inBackground(async () => {
      await this.#limiter.giveBack(bot, id);
    });
  }

  /**
   * Stops asking for permits. To be called when no request is held any more; resolves when all that
   * was under way with the limiter is over.
   */
  async close(): Promise<void> {
    this.#stopListening();
    this.#retrier.stop();
    await this.#door.idle();
    await Promise.all(Array.from(this.#bots.values(), (lines) => lines.close()));
    await this.#retrier.idle();
  }

  #entered(waiter: Waiter, rank: Rank): void {
    if (!waiter.done) this.#linesOf(waiter.entry.bot).place(waiter, rank);
    // One that has left meanwhile leaves what it holds; one that was served must not hold it for ever.
    else if (waiter.served) this.#forget(waiter);
  }

  #forget({ entry }: Waiter): void {
    this.#retrier.inBackground(() => this.#limiter.forget([entry]));
  }

  #changed(change: Change): void {
    const lines = this.#bots.get(change.bot);
    if (lines === undefined) return;
    if ('bucket' in change) {
      lines.wake(change.bucket);
      return;
    }
    // It takes the place if that is the better rank.
    const taker = lines.takerFor(change.placeOf);
    if (taker !== undefined) this.#door.enter(taker);
  }

  #leave(waiter: Waiter): void {
    this.#end(waiter);
    this.#linesOf(waiter.entry.bot).gaveUp(waiter);
    this.#door.leave(waiter);
  }

  #permitCame(asked: RankedWaiter, permit: Permit): void {
    if (!asked.done) {
      this.#give(permit, asked);
      return;
    }
    // The shard may have come back while the answer was under way.
    const again = this.#linesOf(permit.bot).firstOf(permit.shard);
    // A permit that is to be confirmed is none for a request that never confirms, nor the other way round.
    if (again === undefined || again.confirm !== asked.confirm) {
      this.#giveBackAfterNext(permit);
      return;
    }
    this.#give(permit, again);
    this.#forget(again);
  }

  /**
   * Gives a permit back once the next in line has been asked for. Until that is its bucket's head nobody knows that it
   * waits, and other replicas' heads, told that the bucket is open, would pass it.
   */
  #giveBackAfterNext({ bot, id }: Permit): void {
    this.#retrier.inBackground(async () => {
      await this.#clock.endOfTurn();
      await this.#limiter.giveBack(bot, id);
    });
  }

  #give(permit: Permit, waiter: RankedWaiter): void {
    this.#end(waiter);
    waiter.served = true;
    this.#linesOf(permit.bot).served(waiter);
    waiter.resolve({ ...permit, waitedMs: this.#clock.now() - waiter.since });
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
        limiter: this.#limiter,
        clock: this.#clock,
        retrier: this.#retrier,
        intervalMs: this.#intervalMs,
        onPermit: (waiter, permit) => this.#permitCame(waiter, permit),
        onAsked: (waiter) => this.#door.asked(waiter),
        onRankLost: (waiter) => waiter.done || this.#door.enter(waiter),
      });
    this.#bots.set(bot, lines);
    return lines;
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#idPrefix}/${this.#lastId}`;
  }
}
