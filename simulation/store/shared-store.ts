import type { Change, Clock, LimiterRules } from '@gateway-queue/identify-limiter';
import { type BotData, newBot } from './data.ts';
import { withdrawAll } from './heads.ts';
import { limitsAt } from './limits.ts';
import { leave } from './ranks.ts';

/** A replica that has not been heard of for so long in ms is dead; as libs/store-redis has it. */
export const DEAD_AFTER_MS = 2000;

export interface StoreOptions {
  readonly clock: Clock;
  readonly rules: LimiterRules;
  readonly placeTtlMs: number;
  readonly maxPlaces: number;
  /** Whether it keeps all changes to itself; not unless it is said. */
  readonly isSilent?: boolean;
}

/**
 * A model of the store that all replicas share: what libs/store-redis keeps on a server, as plain data in memory. It
 * passes the contract of the limiters. Beyond that it can be replaced by an older copy of itself, as when a
 * server takes over that had not heard of the last writes, or by an empty one.
 *
 * What it does not cover: the server's own clock, which here never jumps; a cluster, whose parts fail one by one; two
 * servers that both take themselves for the only one; a script that ends half-way; and the client's library, its
 * connections and buffers, of which the simulated network shows only what comes of them.
 */
export class SharedStore {
  #bots = new Map<string, BotData>();
  /** Another number is another server: what was last written may be missing. */
  #server = 1;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(readonly options: StoreOptions) {}

  get now(): number {
    return this.options.clock.now();
  }

  /**
   * The bot as it is found by whoever only looks. When nobody had asked for anything of it for half the time after which a
   * replica is dead, it was the server that was away: all replicas may live still, and count as heard of now.
   */
  seen(name: string): BotData {
    const bot = this.#bots.get(name) ?? newBot(this.#server, this.now);
    this.#bots.set(name, bot);
    if (this.now - bot.seenAt > DEAD_AFTER_MS / 2) {
      for (const replica of bot.replicas.keys()) bot.replicas.set(replica, this.now);
    }
    bot.seenAt = this.now;
    return bot;
  }

  /** The bot as the replica finds it that asks: itself alive, and the dead reaped. */
  bot(name: string, replica: string): BotData {
    const bot = this.seen(name);
    bot.replicas.set(replica, this.now);
    this.#sweep(name, bot);
    return bot;
  }

  /**
   * Notices that this is another server than last time: then a full interval passes, so many starts are taken off, and
   * heads are forgotten, which may have been withdrawn since, so that nobody would ever take them back. Each replica
   * tells its own anew before the interval is over.
   */
  isAnotherServer(bot: BotData): boolean {
    const limits = limitsAt(bot, this.now);
    if (limits === undefined || bot.server === this.#server) return false;
    this.vouchFor(bot);
    bot.heads.clear();
    bot.onRecord.clear();
    const { budget, maxConcurrency } = limits;
    limits.budget = { ...budget, remaining: budget.remaining - maxConcurrency };
    return true;
  }

  /** Since when what the replica enters is on record. */
  onRecordSince(name: string, replica: string): number {
    const { onRecord } = this.bot(name, replica);
    const since = onRecord.get(replica) ?? this.now;
    onRecord.set(replica, since);
    return since;
  }

  /** From now on nothing is missing. */
  vouchFor(bot: BotData): void {
    bot.server = this.#server;
    bot.knownSince = this.now;
  }

  /** Whether this is another server than the first. */
  get wasReplaced(): boolean {
    return this.#server > 1;
  }

  announce(change: Change | undefined): void {
    if (change === undefined || this.options.isSilent === true) return;
    for (const listener of this.#listeners) listener(change);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every rank and head that an entry or a replica holds. */
  *held(): Generator<{ readonly what: string; readonly replica: string; readonly id: string }> {
    for (const [name, bot] of this.#bots) {
      for (const [id, { replica }] of bot.entries) yield { what: `a rank of ${name}`, replica, id };
      for (const [bucket, heads] of bot.heads) {
        for (const replica of heads.keys()) {
          yield { what: `a head of ${name}`, replica, id: `bucket ${bucket}` };
        }
      }
    }
  }

  /** What another server knows that hears of all writes up to now, and of none that follows. */
  copy(): Map<string, BotData> {
    return structuredClone(this.#bots);
  }

  /** Another server takes over with this data. */
  replaceBy(data: Map<string, BotData>): void {
    this.#bots = data;
    this.#server += 1;
  }

  /** The same server goes on with this data, by other rules. */
  resume(data: Map<string, BotData>): void {
    this.#bots = data;
    for (const name of data.keys()) this.seen(name);
  }

  /** As if these replicas' hearts, and no others, had beaten all the time until now. */
  haveSentHeartbeats(replicas: readonly string[]): void {
    for (const [name, bot] of this.#bots) {
      bot.seenAt = this.now;
      for (const replica of replicas) {
        if (bot.replicas.has(replica)) bot.replicas.set(replica, this.now);
      }
      this.#sweep(name, bot);
    }
  }

  #sweep(name: string, bot: BotData): void {
    for (const [replica, heardAt] of bot.replicas) {
      if (heardAt >= this.now - DEAD_AFTER_MS) continue;
      this.#reap(name, bot, replica, heardAt + DEAD_AFTER_MS);
    }
  }

  #reap(name: string, bot: BotData, dead: string, leftAt: number): void {
    bot.replicas.delete(dead);
    bot.onRecord.delete(dead);
    withdrawAll(bot, dead);
    for (const [id, held] of bot.entries) {
      if (held.replica !== dead) continue;
      this.announce(leave(bot, { ...held, id, bot: name }, leftAt, this.options.maxPlaces));
    }
    this.announce({ bot: name, bucket: null });
  }
}
