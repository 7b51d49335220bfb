import {
  type AuditEntry,
  type AuditFilter,
  type AuditLog,
  type AuditRecord,
  classOf,
  fromJsonText,
  KEPT,
  recordText,
  toJsonText,
} from '@gateway-queue/operator-records';
import { following } from './following.ts';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface EntryRow {
  id: number;
  at: number;
  record: string;
}

/** The audit log in the file. */
export class SqliteAuditLog implements AuditLog {
  readonly #last: Statement<{ id: number }>;
  readonly #lastOfClass: Statement<{ nth: number }>;
  readonly #add: Statement;
  readonly #dropOldest: Statement;
  readonly #page: Statement<EntryRow>;

  /** @param now whole ms since the Unix epoch */
  constructor(
    private readonly database: SqliteDatabase,
    private readonly now: () => number,
  ) {
    this.#last = prepare(database, 'SELECT coalesce(max(id), 0) AS id FROM audit');
    this.#lastOfClass = prepare(
      database,
      'SELECT coalesce(max(nth), 0) AS nth FROM audit WHERE class = ?',
    );
    this.#add = prepare(
      database,
      `INSERT INTO audit (id, at, class, nth, action, by, bot, bucket, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#dropOldest = prepare(database, 'DELETE FROM audit WHERE class = ? AND nth <= ?');
    this.#page = prepare(
      database,
      `SELECT id, at, record FROM audit
       WHERE id < ? AND action IS coalesce(?, action) AND by IS coalesce(?, by)
         AND bot IS coalesce(?, bot) AND bucket IS coalesce(?, bucket)
       ORDER BY id DESC LIMIT ?`,
    );
  }

  async append(record: AuditRecord): Promise<AuditEntry> {
    const { action, by, bot, bucket } = record;
    const text = recordText(record);
    const kind = classOf(action);
    const at = this.now();
    return this.database.writeDurably(() => {
      const id = following(this.#last.get()?.id ?? 0, at);
      const nth = (this.#lastOfClass.get(kind)?.nth ?? 0) + 1;
      this.#add.run(id, at, kind, nth, action, nameOrNull(by), nameOrNull(bot), bucket, text);
      this.#dropOldest.run(kind, nth - KEPT[kind]);
      return toEntry({ id, at, record: text });
    });
  }

  async page(
    { action, by, bot, bucket }: AuditFilter,
    limit: number,
    before?: number,
  ): Promise<AuditEntry[]> {
    return this.#page
      .all(
        before ?? Number.MAX_SAFE_INTEGER,
        action ?? null,
        nameOrNull(by),
        nameOrNull(bot),
        bucket ?? null,
        limit,
      )
      .map(toEntry);
  }
}

function nameOrNull(name: string | null | undefined): string | null {
  return name === null || name === undefined ? null : toJsonText(name);
}

function toEntry({ id, at, record }: EntryRow): AuditEntry {
  return { ...fromJsonText<AuditRecord>(record), id, at };
}
