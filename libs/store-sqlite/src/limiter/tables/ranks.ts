import type { DatabaseSync } from 'node:sqlite';
import type { HeldRank, Place, Priority, Rank } from '@gateway-queue/identify-limiter';
import { prepare, type Statement } from '../../connection/statement.ts';
import { NONE, shardOf } from '../schema.ts';
import { PlaceCounts } from './place-counts.ts';

interface RankRow {
  ticket: number;
  shard: number;
  priority: Priority;
  joined_at: number;
}

interface HeldRow extends RankRow {
  holder: string;
  replica: string;
}

interface PlaceRow extends RankRow {
  left_at: number;
}

/** The ranks that were handed out and not used up. An entry holds such a rank, or it is kept as a place. */
export class Ranks {
  readonly #heldBy: Statement<HeldRow>;
  readonly #heldOf: Statement<HeldRow>;
  readonly #holderOf: Statement<{ holder: string | null }>;
  readonly #firstPlace: Statement<PlaceRow>;
  readonly #shardWaits: Statement;
  readonly #lastTicket: Statement<{ seq: number }>;
  readonly #hold: Statement;
  readonly #takePlace: Statement;
  readonly #drop: Statement;
  readonly #leave: Statement;
  readonly #addPlace: Statement;
  readonly #dropPlaces: Statement;
  readonly #expire: Statement;
  readonly #counts: PlaceCounts;
  #ticket = 0;

  constructor(database: DatabaseSync) {
    const held = 'holder, replica, shard, ticket, priority, joined_at';
    this.#heldBy = prepare(database, `SELECT ${held} FROM ranks WHERE bot = ? AND holder = ?`);
    this.#heldOf = prepare(
      database,
      `SELECT ${held} FROM ranks WHERE bot = ? AND holder IS NOT NULL`,
    );
    this.#holderOf = prepare(database, 'SELECT holder FROM ranks WHERE ticket = ?');
    this.#firstPlace = prepare(
      database,
      `SELECT ticket, shard, priority, joined_at, left_at FROM ranks
       WHERE bot = ? AND shard = ? AND left_at IS NOT NULL ORDER BY joined_at, ticket LIMIT 1`,
    );
    this.#shardWaits = prepare(
      database,
      'SELECT 1 FROM ranks WHERE bot = ? AND shard = ? AND holder IS NOT NULL AND holder <> ? LIMIT 1',
    );
    // SQLite keeps the largest ticket that there ever was, also of rows that are gone.
    this.#lastTicket = prepare(database, "SELECT seq FROM sqlite_sequence WHERE name = 'ranks'");
    this.#hold = prepare(
      database,
      'INSERT INTO ranks (ticket, bot, shard, priority, joined_at, holder, replica) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#takePlace = prepare(
      database,
      'UPDATE ranks SET holder = ?, replica = ?, left_at = NULL, priority = ? WHERE ticket = ?',
    );
    this.#drop = prepare(database, 'DELETE FROM ranks WHERE bot = ? AND holder = ?');
    this.#leave = prepare(database, 'UPDATE ranks SET holder = NULL, left_at = ? WHERE ticket = ?');
    this.#addPlace = prepare(
      database,
      'INSERT INTO ranks (ticket, bot, shard, priority, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#dropPlaces = prepare(
      database,
      `DELETE FROM ranks WHERE ticket IN (SELECT ticket FROM ranks WHERE bot = ? AND left_at IS NOT NULL
         ORDER BY left_at, joined_at DESC, ticket DESC LIMIT ?)`,
    );
    this.#expire = prepare(database, 'DELETE FROM ranks WHERE bot = ? AND left_at <= ?');
    this.#counts = new PlaceCounts(database);
    this.reload();
  }

  /** Makes places of all ranks that waiters of an ended process held. */
  static leaveAll(database: DatabaseSync, now: number): void {
    prepare(database, 'UPDATE ranks SET holder = NULL, left_at = ? WHERE holder IS NOT NULL').run(
      now,
    );
  }

  /** The last ticket that was handed out. */
  get lastTicket(): number {
    return this.#ticket;
  }

  heldBy(bot: string, entry: string): HeldRank | undefined {
    const row = this.#heldBy.get(bot, entry);
    return row && toHeld(bot, row);
  }

  /** What all entries of the bot hold, in any order. */
  heldOf(bot: string): HeldRank[] {
    return this.#heldOf.all(bot).map((row) => toHeld(bot, row));
  }

  /** The entry that holds the rank with this ticket: null when it is a place, undefined when it is not on record. */
  holderOf(ticket: number): string | null | undefined {
    return this.#holderOf.get(ticket)?.holder;
  }

  /** Of the shard's places the one that joined first. */
  firstPlace(bot: string, shard: number | null): Place | undefined {
    const row = this.#firstPlace.get(bot, shard ?? NONE);
    return row && { bot, shard, rank: toRank(row), leftAt: row.left_at };
  }

  /** Whether another entry than this one waits for the shard. */
  shardWaits(bot: string, shard: number, except: string): boolean {
    return this.#shardWaits.get(bot, shard, except) !== undefined;
  }

  /** How many places of the bot are kept. */
  placesOf(bot: string): number {
    return this.#counts.of(bot);
  }

  hold({ bot, entry, rank, replica, shard }: HeldRank): void {
    const { joinedAt, priority, ticket } = rank;
    this.#hold.run(ticket, bot, shard ?? NONE, priority, joinedAt, entry, replica);
    this.#ticket = Math.max(this.#ticket, ticket);
  }

  takePlace({ bot, entry, rank, replica }: HeldRank): void {
    this.#takePlace.run(entry, replica, rank.priority, rank.ticket);
    this.#counts.add(bot, -1);
  }

  drop(bot: string, entry: string): void {
    this.#drop.run(bot, entry);
  }

  leave({ bot, rank }: HeldRank, leftAt: number): void {
    this.#leave.run(leftAt, rank.ticket);
    this.#counts.add(bot, 1);
  }

  addPlace({ bot, leftAt, rank, shard }: Place): void {
    const { joinedAt, priority, ticket } = rank;
    this.#addPlace.run(ticket, bot, shard ?? NONE, priority, joinedAt, leftAt);
    this.#ticket = Math.max(this.#ticket, ticket);
    this.#counts.add(bot, 1);
  }

  /** Drops so many of the bot's places: those left longest ago, and of those left at once the ones that joined last. */
  dropPlaces(bot: string, count: number): void {
    this.#counts.add(bot, -Number(this.#dropPlaces.run(bot, count).changes));
  }

  /** Drops the bot's places that were left at this moment or before. */
  expirePlaces(bot: string, leftBy: number): void {
    this.#counts.add(bot, -Number(this.#expire.run(bot, leftBy).changes));
  }

  /** Reads again what is kept in memory. To be called when a transaction was undone. */
  reload(): void {
    this.#counts.reload();
    this.#ticket = this.#lastTicket.get()?.seq ?? 0;
  }
}

function toHeld(bot: string, row: HeldRow): HeldRank {
  const { holder: entry, replica } = row;
  return { entry, bot, shard: shardOf(row.shard), replica, rank: toRank(row) };
}

function toRank({ ticket, priority, joined_at: joinedAt }: RankRow): Rank {
  return { priority, joinedAt, ticket };
}
