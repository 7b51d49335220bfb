import type { DatabaseSync } from 'node:sqlite';
import type { ClosingKind, PermitState, Priority } from '@gateway-queue/identify-limiter';
import { prepare, type Statement } from '../../connection/statement.ts';
import { NONE, shardOf } from '../schema.ts';
import { toClosing } from './closing.ts';

interface PermitRow {
  id: string;
  bot: string;
  bucket: number;
  shard: number;
  granted_at: number;
  confirm_by: number | null;
  confirmed_at: number | null;
  released: number;
  asked_again_at: number | null;
  before_closed_from: number | null;
  before_closed_kind: ClosingKind | null;
  priority: Priority;
  joined_at: number;
  ticket: number;
}

/** The permits that were granted. */
export class Permits {
  readonly #find: Statement<PermitRow>;
  readonly #add: Statement;
  readonly #confirm: Statement;
  readonly #release: Statement;
  readonly #seeRefusal: Statement;
  readonly #dropOld: Statement;
  readonly #usesSince: Statement<{ used_by: number }>;
  readonly #grantsOf: Statement<{ granted_at: number }>;
  readonly #lastOf: Statement<PermitRow>;
  readonly #refusalsSince: Statement<{ refusals: number }>;
  readonly #isUsed: Statement;
  readonly #latest: Statement<PermitRow>;

  constructor(database: DatabaseSync) {
    this.#find = prepare(database, 'SELECT * FROM permits WHERE id = ?');
    this.#add = prepare(
      database,
      `INSERT INTO permits (id, bot, bucket, shard, granted_at, confirm_by, before_closed_from,
         before_closed_kind, priority, joined_at, ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#confirm = prepare(database, 'UPDATE permits SET confirmed_at = ? WHERE id = ?');
    this.#release = prepare(database, 'UPDATE permits SET released = 1 WHERE id = ?');
    this.#seeRefusal = prepare(database, 'UPDATE permits SET asked_again_at = ? WHERE id = ?');
    this.#dropOld = prepare(database, 'DELETE FROM permits WHERE bot = ? AND used_by < ?');
    this.#usesSince = prepare(
      database,
      'SELECT used_by FROM permits WHERE bot = ? AND used_by >= ? AND NOT released',
    );
    this.#grantsOf = prepare(
      database,
      `SELECT granted_at FROM permits WHERE bot = ? AND shard = ? AND NOT released
       ORDER BY granted_at DESC LIMIT ?`,
    );
    this.#lastOf = prepare(
      database,
      `SELECT * FROM permits WHERE bot = ? AND shard = ? AND NOT released
       ORDER BY granted_at DESC LIMIT ?`,
    );
    this.#refusalsSince = prepare(
      database,
      'SELECT count(*) AS refusals FROM permits WHERE bot = ? AND asked_again_at >= ? AND NOT released',
    );
    this.#isUsed = prepare(
      database,
      'SELECT 1 FROM permits WHERE bot = ? AND shard = ? AND ticket = ? AND NOT released LIMIT 1',
    );
    this.#latest = prepare(
      database,
      'SELECT * FROM permits WHERE bot = ? ORDER BY granted_at DESC, id LIMIT ?',
    );
  }

  find(id: string): PermitState | undefined {
    const row = this.#find.get(id);
    return row && toState(row);
  }

  /** `usedBy` of the bot's permits from that moment on, without those released. */
  usesSince(bot: string, since: number): number[] {
    return this.#usesSince.all(bot, since).map((row) => row.used_by);
  }

  /** When the shard was granted its last permits, latest first, without those released. */
  grantsOf(bot: string, shard: number, atMost: number): number[] {
    return this.#grantsOf.all(bot, shard, atMost).map((row) => row.granted_at);
  }

  /** The shard's last permits, latest first, without those released. */
  lastOf(bot: string, shard: number, atMost: number): PermitState[] {
    return this.#lastOf.all(bot, shard, atMost).map(toState);
  }

  /** How many permits were seen refused from that moment on, without those released. */
  refusalsSince(bot: string, since: number): number {
    return this.#refusalsSince.get(bot, since)?.refusals ?? 0;
  }

  /** Whether the shard was granted a permit by the rank with this ticket that was not released. */
  isUsed(bot: string, shard: number | null, ticket: number): boolean {
    return this.#isUsed.get(bot, shard ?? NONE, ticket) !== undefined;
  }

  /** The permits granted last, latest first. */
  latest(bot: string, atMost: number): PermitState[] {
    return this.#latest.all(bot, atMost).map(toState);
  }

  add({ rank, closingBefore, ...permit }: PermitState): void {
    this.#add.run(
      permit.id,
      permit.bot,
      permit.bucket,
      permit.shard ?? NONE,
      permit.grantedAt,
      permit.confirmBy,
      closingBefore?.from ?? null,
      closingBefore?.kind ?? null,
      rank.priority,
      rank.joinedAt,
      rank.ticket,
    );
  }

  confirm(id: string, at: number): void {
    this.#confirm.run(at, id);
  }

  release(id: string): void {
    this.#release.run(id);
  }

  seeRefusal(id: string, at: number): void {
    this.#seeRefusal.run(at, id);
  }

  drop(bot: string, usedBefore: number): void {
    this.#dropOld.run(bot, usedBefore);
  }
}

function toState(row: PermitRow): PermitState {
  const { bot, bucket, id, priority, ticket } = row;
  return {
    id,
    bot,
    shard: shardOf(row.shard),
    bucket,
    grantedAt: row.granted_at,
    confirmBy: row.confirm_by,
    confirmedAt: row.confirmed_at,
    released: row.released === 1,
    askedAgainAt: row.asked_again_at,
    closingBefore: toClosing({
      closed_from: row.before_closed_from,
      closed_kind: row.before_closed_kind,
    }),
    rank: { priority, joinedAt: row.joined_at, ticket },
  };
}
