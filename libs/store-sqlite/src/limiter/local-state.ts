import { type Change, type Clock, Epoch, type LimiterRules } from '@gateway-queue/identify-limiter';
import { Bots } from './bots.ts';
import { Heads } from './heads.ts';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { Pauses } from './pauses.ts';
import { Permits } from './permits.ts';
import { Ranks } from './ranks.ts';
import { prepare, type Statement } from '../connection/statement.ts';
import { bridgeTimeline } from './timeline.ts';

export interface LocalStateOptions {
  readonly clock: Clock;
  readonly rules: LimiterRules;
  /** How long in ms a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
}

/** What the replicas in this process share: one SQLite file, their heads, and each other's announcements. */
export class LocalState {
  readonly clock: Clock;
  /** Makes moments of readings of the clock. */
  readonly epoch: Epoch;
  readonly rules: LimiterRules;
  readonly bots: Bots;
  readonly permits: Permits;
  readonly ranks: Ranks;
  readonly pauses: Pauses;
  readonly heads = new Heads();
  /** Permits given before this moment may be missing from the state. */
  readonly knownSince: number;

  readonly #database: SqliteDatabase;
  readonly #touch: Statement;
  #afterRollback: () => void = () => undefined;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(database: SqliteDatabase, options: LocalStateOptions) {
    this.clock = options.clock;
    this.epoch = new Epoch(options.clock);
    this.rules = options.rules;
    this.#database = database;
    this.#touch = prepare(database, 'UPDATE timeline SET seen_at = ?, wall_offset = ?');
    this.write(() => {
      bridgeTimeline(database, options.clock);
      Ranks.abandonAll(database, options.clock.now());
    });
    this.bots = new Bots(database, options.rules);
    this.permits = new Permits(database, options.rules.crashLoop);
    this.ranks = new Ranks(database, options.placeTtlMs, options.maxPlaces);
    this.pauses = new Pauses(database);
    this.#afterRollback = () => this.ranks.recount();
    this.knownSince = Number(
      database.prepare('SELECT known_since FROM timeline').get()?.['known_since'],
    );
  }

  /** Runs `change` in a transaction: all of it is kept, or, when it throws, none. */
  write<T>(change: (now: number) => T): T {
    return this.#undoable(() => this.#database.write(() => this.#touched(change)));
  }

  /** Like {@link write}, and on the disk for good: even the end of the machine does not undo it. */
  writeDurably<T>(change: (now: number) => T): T {
    return this.#undoable(() => this.#database.writeDurably(() => this.#touched(change)));
  }

  /** Tells all replicas, once whatever happens now has happened. */
  announce(change: Change): void {
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener(change);
    });
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the announcements. The database is its owner's to close. */
  close(): void {
    this.#listeners.clear();
  }

  #touched<T>(change: (now: number) => T): T {
    const now = this.clock.now();
    const result = change(now);
    this.#touch.run(now, this.clock.wallNow() - now);
    return result;
  }

  #undoable<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      this.#afterRollback();
      throw error;
    }
  }
}
