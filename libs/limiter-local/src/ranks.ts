import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Rank } from '@gateway-queue/identify-limiter';
import { NONE } from './schema.ts';
import { prepare, type Statement } from './statement.ts';

/** The ranks that were handed out and not used up: those that waiters hold, and the places of shards that left. */
export class Ranks {
  readonly #firstPlace: Statement<{ ticket: number; joined_at: number }>;
  readonly #hold: Statement;
  readonly #add: Statement<{ ticket: number }>;
  readonly #use: Statement;
  readonly #leave: Statement;
  readonly #restore: Statement;
  readonly #dropExpired: Statement;
  readonly #dropOldest: Statement;
  readonly #count: Statement<{ places: number }>;
  #places: number;

  /**
   * @param placeTtlMs how long a place is kept
   * @param maxPlaces how many are kept at most; past it the one that left longest ago goes
   */
  constructor(
    database: DatabaseSync,
    private readonly placeTtlMs: number,
    private readonly maxPlaces: number,
  ) {
    // 'high' happens to sort before 'normal', so the index has places in rank order.
    this.#firstPlace = prepare(
      database,
      `SELECT ticket, joined_at FROM ranks WHERE bot = ? AND shard = ? AND left_at IS NOT NULL
       ORDER BY priority, joined_at, ticket LIMIT 1`,
    );
    this.#hold = prepare(
      database,
      'UPDATE ranks SET left_at = NULL, priority = ? WHERE ticket = ?',
    );
    this.#add = prepare(
      database,
      'INSERT INTO ranks (bot, shard, priority, joined_at) VALUES (?, ?, ?, ?) RETURNING ticket',
    );
    this.#use = prepare(database, 'DELETE FROM ranks WHERE ticket = ?');
    this.#leave = prepare(
      database,
      'UPDATE ranks SET left_at = ? WHERE ticket = ? AND bot = ? AND left_at IS NULL',
    );
    this.#restore = prepare(
      database,
      'INSERT OR IGNORE INTO ranks (ticket, bot, shard, priority, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#dropExpired = prepare(database, 'DELETE FROM ranks WHERE left_at <= ?');
    this.#dropOldest = prepare(
      database,
      `DELETE FROM ranks WHERE ticket IN
         (SELECT ticket FROM ranks WHERE left_at IS NOT NULL ORDER BY left_at, ticket LIMIT ?)`,
    );
    this.#count = prepare(
      database,
      'SELECT count(*) AS places FROM ranks WHERE left_at IS NOT NULL',
    );
    this.#places = this.#counted();
  }

  /** Makes places of all ranks that waiters of an ended process held. */
  static abandonAll(database: DatabaseSync, now: number): void {
    prepare(database, 'UPDATE ranks SET left_at = ? WHERE left_at IS NULL').run(now);
  }

  /** The place of the entry's shard, or a new rank behind all others. */
  enter({ bot, shard, priority }: Entry, now: number): Rank {
    const place = this.#firstPlace.get(bot, shard ?? NONE);
    if (place !== undefined) {
      this.#hold.run(priority, place.ticket);
      this.#places -= 1;
      return { priority, joinedAt: place.joined_at, ticket: place.ticket };
    }
    const added = this.#add.get(bot, shard ?? NONE, priority, now);
    if (added === undefined) throw new Error('SQLite returned no row for an INSERT ... RETURNING');
    return { priority, joinedAt: now, ticket: added.ticket };
  }

  use(rank: Rank): void {
    this.#use.run(rank.ticket);
  }

  leave(bot: string, rank: Rank, now: number): void {
    this.#places += Number(this.#leave.run(now, rank.ticket, bot).changes);
    this.#dropSurplus();
  }

  /** Makes a place of a rank that had been used up. */
  restore(bot: string, shard: number, rank: Rank, now: number): void {
    const { ticket, priority, joinedAt } = rank;
    this.#places += Number(this.#restore.run(ticket, bot, shard, priority, joinedAt, now).changes);
    this.#dropSurplus();
  }

  dropExpired(now: number): void {
    this.#places -= Number(this.#dropExpired.run(now - this.placeTtlMs).changes);
  }

  /** To be called when a transaction was undone, and what was counted in it with it. */
  recount(): void {
    this.#places = this.#counted();
  }

  #counted(): number {
    return this.#count.get()?.places ?? 0;
  }

  #dropSurplus(): void {
    const surplus = this.#places - this.maxPlaces;
    if (surplus > 0) this.#places -= Number(this.#dropOldest.run(surplus).changes);
  }
}
