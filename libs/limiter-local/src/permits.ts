import type { DatabaseSync } from 'node:sqlite';
import type { Attempt, Permit, Priority, Rank } from '@gateway-queue/identify-limiter';
import { NONE } from './schema.ts';
import { prepare, type Statement } from './statement.ts';

/** How long a permit is remembered: longer than any answer can be late and than a give-back takes. */
const KEEP_MS = 60 * 60 * 1000;

interface PermitRow {
  id: string;
  bot: string;
  bucket: number;
  shard: number;
  given_at: number;
  previous_permit_at: number | null;
  given_back: number;
  priority: Priority;
  joined_at: number;
  ticket: number;
}

/** A permit as it is stored. */
export interface StoredPermit {
  readonly permit: Permit;
  readonly givenAt: number;
  readonly givenBack: boolean;
  /** The rank that it used up. */
  readonly rank: Rank;
}

/** The permits that were given, and when each bucket had its last one. */
export class Permits {
  readonly #find: Statement<PermitRow>;
  readonly #add: Statement;
  readonly #giveBack: Statement;
  readonly #dropOld: Statement;
  readonly #lastPermit: Statement<{ at: number | null }>;
  readonly #close: Statement;
  readonly #reopen: Statement;

  constructor(database: DatabaseSync) {
    this.#find = prepare(database, 'SELECT * FROM permits WHERE id = ?');
    this.#add = prepare(
      database,
      `INSERT INTO permits (id, bot, bucket, shard, given_at, previous_permit_at, priority, joined_at, ticket)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#giveBack = prepare(database, 'UPDATE permits SET given_back = 1 WHERE id = ?');
    this.#dropOld = prepare(database, 'DELETE FROM permits WHERE bot = ? AND given_at < ?');
    this.#lastPermit = prepare(
      database,
      'SELECT last_permit_at AS at FROM buckets WHERE bot = ? AND bucket = ?',
    );
    this.#close = prepare(
      database,
      'INSERT OR REPLACE INTO buckets (bot, bucket, last_permit_at, permit) VALUES (?, ?, ?, ?)',
    );
    this.#reopen = prepare(
      database,
      `UPDATE buckets SET permit = NULL,
         last_permit_at = (SELECT previous_permit_at FROM permits WHERE permits.id = buckets.permit)
       WHERE bot = ? AND bucket = ? AND permit = ?`,
    );
  }

  find(id: string): StoredPermit | undefined {
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    return {
      permit: {
        granted: true,
        id,
        bot: row.bot,
        shard: row.shard === NONE ? null : row.shard,
        bucket: row.bucket,
      },
      givenAt: row.given_at,
      givenBack: row.given_back === 1,
      rank: {
        priority: row.priority,
        joinedAt: row.joined_at,
        ticket: row.ticket,
      },
    };
  }

  /** When the bucket had its last permit since its bot's `maxConcurrency` changed; null for never. */
  lastPermitAt(bot: string, bucket: number): number | null {
    return this.#lastPermit.get(bot, bucket)?.at ?? null;
  }

  /** Records the permit and closes its bucket. */
  add({ operation, bot, bucket, shard, rank }: Attempt, now: number): Permit {
    const { priority, joinedAt, ticket } = rank;
    const previous = this.lastPermitAt(bot, bucket);
    this.#dropOld.run(bot, now - KEEP_MS);
    this.#add.run(operation, bot, bucket, shard ?? NONE, now, previous, priority, joinedAt, ticket);
    this.#close.run(bot, bucket, now, operation);
    return { granted: true, id: operation, bot, shard, bucket };
  }

  /** Opens the bucket as if the permit had not been given, unless a later one closed it. */
  giveBack({ id, bot, bucket }: Permit): void {
    this.#giveBack.run(id);
    this.#reopen.run(bot, bucket, id);
  }
}
