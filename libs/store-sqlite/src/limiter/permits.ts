import type { DatabaseSync } from 'node:sqlite';
import {
  type Attempt,
  type Closing,
  type Permit,
  PERMIT_KEEP_MS,
  type PermitStatus,
  type PermitView,
  type Priority,
  type Rank,
} from '@gateway-queue/identify-limiter';
import { type ClosingRow, toClosing } from './closings.ts';
import { NONE } from './schema.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface PermitRow {
  id: string;
  bot: string;
  bucket: number;
  shard: number;
  given_at: number;
  confirm_by: number | null;
  confirmed_at: number | null;
  used_by: number;
  released: number;
  priority: Priority;
  joined_at: number;
  ticket: number;
}

/** A permit as it is stored. */
export interface StoredPermit {
  readonly permit: Permit;
  /** The end of the time in which it may be used. */
  readonly usedBy: number;
  readonly confirmed: boolean;
  readonly released: boolean;
  /** The rank that it used up. */
  readonly rank: Rank;
}

/** The permits that were given, and how each bucket was closed. */
export class Permits {
  readonly #find: Statement<PermitRow>;
  readonly #add: Statement;
  readonly #confirm: Statement;
  readonly #release: Statement;
  readonly #dropOld: Statement;
  readonly #latestOfShard: Statement<{ given_at: number }>;
  readonly #latest: Statement<PermitRow>;
  readonly #closing: Statement<ClosingRow & { permit: string | null }>;
  readonly #close: Statement;
  readonly #reopen: Statement;

  /** @param crash loop how many permits of a shard count, and how far back: so far they are remembered at least */
  constructor(
    database: DatabaseSync,
    private readonly crashLoop: { readonly burst: number; readonly windowMs: number },
  ) {
    this.#find = prepare(database, 'SELECT * FROM permits WHERE id = ?');
    this.#add = prepare(
      database,
      `INSERT INTO permits (id, bot, bucket, shard, given_at, confirm_by, before_closed_from,
         before_closed_kind, priority, joined_at, ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#confirm = prepare(database, 'UPDATE permits SET confirmed_at = ? WHERE id = ?');
    this.#release = prepare(database, 'UPDATE permits SET released = 1 WHERE id = ?');
    this.#dropOld = prepare(database, 'DELETE FROM permits WHERE bot = ? AND used_by < ?');
    this.#latest = prepare(
      database,
      'SELECT * FROM permits WHERE bot = ? ORDER BY given_at DESC, id LIMIT ?',
    );
    this.#latestOfShard = prepare(
      database,
      `SELECT given_at FROM permits WHERE bot = ? AND shard = ? AND NOT released
       ORDER BY given_at DESC LIMIT ?`,
    );
    this.#closing = prepare(
      database,
      'SELECT closed_from, closed_kind, permit FROM buckets WHERE bot = ? AND bucket = ?',
    );
    this.#close = prepare(
      database,
      'INSERT OR REPLACE INTO buckets (bot, bucket, closed_from, closed_kind, permit) VALUES (?, ?, ?, ?, ?)',
    );
    this.#reopen = prepare(
      database,
      `UPDATE buckets SET permit = NULL, (closed_from, closed_kind) =
         (SELECT before_closed_from, before_closed_kind FROM permits WHERE permits.id = buckets.permit)
       WHERE bot = ? AND bucket = ? AND permit = ?`,
    );
  }

  /** @param now to tell how much is left of the time for confirming it */
  find(id: string, now: number): StoredPermit | undefined {
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    const { bot, bucket, priority, joined_at: joinedAt, ticket } = row;
    return {
      permit: {
        granted: true,
        id,
        bot,
        shard: row.shard === NONE ? null : row.shard,
        bucket,
        confirmWithinMs: row.confirm_by === null ? null : Math.max(row.confirm_by - now, 0),
      },
      usedBy: row.used_by,
      confirmed: row.confirmed_at !== null,
      released: row.released === 1,
      rank: { priority, joinedAt, ticket },
    };
  }

  /** The bot's permit, unless it is unknown or forgotten: then it can be neither confirmed nor released any more. */
  findToSettle(bot: string, id: string, now: number): StoredPermit | undefined {
    const stored = this.find(id, now);
    return stored?.permit.bot === bot && stored.usedBy >= now - PERMIT_KEEP_MS ? stored : undefined;
  }

  /** How the bucket was closed last, since its bot's `maxConcurrency` changed. */
  closingOf(bot: string, bucket: number): Closing | undefined {
    return toClosing(this.#closing.get(bot, bucket));
  }

  /** Whether it was this permit that closed its bucket. */
  isLast({ id, bot, bucket }: Permit): boolean {
    return this.#closing.get(bot, bucket)?.permit === id;
  }

  /** When the shard had its last permits, as many as throttling looks at, latest first. */
  latestOf(bot: string, shard: number): number[] {
    return this.#latestOfShard.all(bot, shard, this.crashLoop.burst).map((row) => row.given_at);
  }

  /** The permits given last, latest first. @param offset from the timeline to the epoch, in ms */
  latest(bot: string, count: number, now: number, offset: number): PermitView[] {
    return this.#latest.all(bot, count).map((row) => ({
      id: row.id,
      shard: row.shard === NONE ? null : row.shard,
      bucket: row.bucket,
      grantedAt: row.given_at + offset,
      status: statusOf(row, now),
    }));
  }

  /**
   * Records the permit and closes its bucket.
   *
   * @param confirmWithinMs null when nobody is going to confirm it
   */
  add(attempt: Attempt, now: number, confirmWithinMs: number | null): Permit {
    const { operation: id, bot, bucket, shard, rank } = attempt;
    const { priority, joinedAt, ticket } = rank;
    const before = this.closingOf(bot, bucket);
    this.#dropOld.run(bot, now - Math.max(PERMIT_KEEP_MS, this.crashLoop.windowMs));
    this.#add.run(
      id,
      bot,
      bucket,
      shard ?? NONE,
      now,
      confirmWithinMs === null ? null : now + confirmWithinMs,
      before?.from ?? null,
      before?.kind ?? null,
      priority,
      joinedAt,
      ticket,
    );
    this.#close.run(bot, bucket, now + (confirmWithinMs ?? 0), 'unconfirmed', id);
    return { granted: true, id, bot, shard, bucket, confirmWithinMs };
  }

  /** From now on a plain interval keeps the bucket closed. */
  confirm({ id, bot, bucket }: Permit, now: number): void {
    this.#confirm.run(now, id);
    this.#close.run(bot, bucket, now, 'confirmed', id);
  }

  /** Opens the bucket as if the permit had not been given, unless a later one closed it. */
  release({ id, bot, bucket }: Permit): void {
    this.#release.run(id);
    this.#reopen.run(bot, bucket, id);
  }
}

function statusOf(row: PermitRow, now: number): PermitStatus {
  if (row.released === 1) return 'released';
  if (row.confirmed_at !== null) return 'confirmed';
  if (row.confirm_by === null) return 'granted';
  return row.confirm_by > now ? 'pending' : 'expired';
}
