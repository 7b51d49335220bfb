import type { DatabaseSync } from 'node:sqlite';
import {
  compareRanks,
  type Entry,
  type Leaver,
  type PlaceLeft,
  type Priority,
  type Rank,
  type WaiterView,
} from '@gateway-queue/identify-limiter';
import { NONE } from './schema.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface RankRow {
  ticket: number;
  priority: Priority;
  joined_at: number;
}

interface HeldRow extends RankRow {
  holder: string;
  replica: string;
  shard: number;
}

/** The ranks that were handed out and not used up: those that entries hold, and the places of shards that left. */
export class Ranks {
  readonly #heldBy: Statement<RankRow>;
  readonly #holderOf: Statement<{ holder: string | null }>;
  readonly #firstPlace: Statement<RankRow>;
  readonly #hold: Statement;
  readonly #add: Statement<{ ticket: number }>;
  readonly #drop: Statement;
  readonly #leave: Statement<{ shard: number }>;
  readonly #waitsToo: Statement;
  readonly #holds: Statement;
  readonly #heldOf: Statement<HeldRow>;
  readonly #restore: Statement;
  readonly #dropExpired: Statement<{ bot: string }>;
  readonly #dropOldest: Statement;
  readonly #countAll: Statement<{ bot: string; places: number }>;
  /** How many places each bot has. */
  readonly #places = new Map<string, number>();

  /**
   * @param placeTtlMs how long a place is kept
   * @param maxPlaces how many of a bot are kept at most; past it the one that left longest ago goes
   */
  constructor(
    database: DatabaseSync,
    private readonly placeTtlMs: number,
    private readonly maxPlaces: number,
  ) {
    this.#heldBy = prepare(
      database,
      'SELECT ticket, priority, joined_at FROM ranks WHERE holder = ?',
    );
    this.#holderOf = prepare(database, 'SELECT holder FROM ranks WHERE ticket = ?');
    // 'high' happens to sort before 'normal', so the index has places in rank order.
    this.#firstPlace = prepare(
      database,
      `SELECT ticket, priority, joined_at FROM ranks WHERE bot = ? AND shard = ? AND left_at IS NOT NULL
       ORDER BY priority, joined_at, ticket LIMIT 1`,
    );
    this.#hold = prepare(
      database,
      'UPDATE ranks SET holder = ?, replica = ?, left_at = NULL, priority = ? WHERE ticket = ?',
    );
    this.#add = prepare(
      database,
      'INSERT INTO ranks (bot, shard, priority, joined_at, holder, replica) VALUES (?, ?, ?, ?, ?, ?) RETURNING ticket',
    );
    this.#drop = prepare(database, 'DELETE FROM ranks WHERE holder = ? AND bot = ?');
    this.#leave = prepare(
      database,
      'UPDATE ranks SET holder = NULL, left_at = ? WHERE holder = ? AND bot = ? RETURNING shard',
    );
    this.#waitsToo = prepare(
      database,
      'SELECT 1 FROM ranks WHERE bot = ? AND shard = ? AND holder IS NOT NULL LIMIT 1',
    );
    this.#holds = prepare(database, 'SELECT 1 FROM ranks WHERE holder = ? AND bot = ?');
    this.#heldOf = prepare(
      database,
      `SELECT holder, replica, shard, ticket, priority, joined_at FROM ranks WHERE bot = ? AND holder IS NOT NULL
       ORDER BY priority, joined_at, ticket`,
    );
    this.#restore = prepare(
      database,
      'INSERT OR IGNORE INTO ranks (ticket, bot, shard, priority, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#dropExpired = prepare(database, 'DELETE FROM ranks WHERE left_at <= ? RETURNING bot');
    this.#dropOldest = prepare(
      database,
      `DELETE FROM ranks WHERE ticket IN
         (SELECT ticket FROM ranks WHERE bot = ? AND left_at IS NOT NULL ORDER BY left_at, ticket LIMIT ?)`,
    );
    this.#countAll = prepare(
      database,
      'SELECT bot, count(*) AS places FROM ranks WHERE left_at IS NOT NULL GROUP BY bot',
    );
    this.recount();
  }

  /** Makes places of all ranks that waiters of an ended process held. */
  static abandonAll(database: DatabaseSync, now: number): void {
    prepare(database, 'UPDATE ranks SET holder = NULL, left_at = ? WHERE holder IS NOT NULL').run(
      now,
    );
  }

  /** The place of the entry's shard, the rank it has, one as old as that it had, or one behind all others. */
  enter(entry: Entry, replica: string, now: number): Rank {
    const { id, bot, shard, priority } = entry;
    const held = this.#heldBy.get(id);
    const place = this.#firstPlace.get(bot, shard ?? NONE);
    if (place !== undefined) {
      const rank = toRank({ ...place, priority });
      const better = held === undefined ? entry.rank : toRank(held);
      if (better === undefined || compareRanks(rank, better) <= 0) {
        this.#drop.run(id, bot);
        this.#hold.run(id, replica, priority, rank.ticket);
        this.#count(bot, -1);
        return rank;
      }
    }
    if (held !== undefined) return toRank(held);
    const joinedAt = entry.rank?.joinedAt ?? now;
    const added = this.#add.get(bot, shard ?? NONE, priority, joinedAt, id, replica);
    if (added === undefined) throw new Error('SQLite returned no row for an INSERT ... RETURNING');
    return { priority, joinedAt, ticket: added.ticket };
  }

  /** Whether the rank is known, and not as this entry's. */
  isWithheldFrom(id: string, { ticket }: Rank): boolean {
    const row = this.#holderOf.get(ticket);
    return row !== undefined && row.holder !== id;
  }

  /** Whether the entry waits for this bot. */
  holds(id: string, bot: string): boolean {
    return this.#holds.get(id, bot) !== undefined;
  }

  /** The entry needs its rank no more. */
  forget({ id, bot }: Pick<Entry, 'id' | 'bot'>): void {
    this.#drop.run(id, bot);
  }

  /** Makes a place of what the entry holds. Returns whose it is, should another entry of that shard wait for it. */
  leave({ id, bot }: Leaver, now: number): PlaceLeft | undefined {
    const left = this.#leave.get(now, id, bot);
    if (left === undefined) return undefined;
    this.#count(bot, 1);
    this.#dropSurplus(bot);
    return this.#awaited(bot, left.shard);
  }

  /** Makes a place of a rank that had been used up. Returns the same as {@link leave}. */
  restore(bot: string, shard: number, rank: Rank, now: number): PlaceLeft | undefined {
    const { ticket, priority, joinedAt } = rank;
    const { changes } = this.#restore.run(ticket, bot, shard, priority, joinedAt, now);
    this.#count(bot, Number(changes));
    this.#dropSurplus(bot);
    return this.#awaited(bot, shard);
  }

  /** The waiters, in rank order. @param offset from the timeline to the epoch, in ms */
  heldOf(bot: string, offset: number): WaiterView[] {
    return this.#heldOf.all(bot).map(({ holder, replica, shard, ...row }) => ({
      id: holder,
      shard: shard === NONE ? null : shard,
      rank: toRank(row),
      since: row.joined_at + offset,
      replica,
    }));
  }

  dropExpired(now: number): void {
    for (const { bot } of this.#dropExpired.all(now - this.placeTtlMs)) this.#count(bot, -1);
  }

  /** To be called when a transaction was undone, and what was counted in it with it. */
  recount(): void {
    this.#places.clear();
    for (const { bot, places } of this.#countAll.all()) this.#places.set(bot, places);
  }

  #awaited(bot: string, shard: number): PlaceLeft | undefined {
    // Requests that name no shard take places as they come.
    if (shard === NONE || this.#waitsToo.get(bot, shard) === undefined) return undefined;
    return { bot, placeOf: shard };
  }

  #count(bot: string, change: number): void {
    this.#places.set(bot, (this.#places.get(bot) ?? 0) + change);
  }

  #dropSurplus(bot: string): void {
    const surplus = (this.#places.get(bot) ?? 0) - this.maxPlaces;
    if (surplus > 0) this.#count(bot, -Number(this.#dropOldest.run(bot, surplus).changes));
  }
}

function toRank({ ticket, priority, joined_at: joinedAt }: RankRow): Rank {
  return { priority, joinedAt, ticket };
}
