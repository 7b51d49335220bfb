import {
  fromJsonText,
  type KeptSession,
  type Session,
  type Sessions,
  SESSIONS_KEPT,
  SESSIONS_KEPT_OF_TOKEN,
  sessionText,
} from '@gateway-queue/operator-records';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface SessionRow {
  expires_at: number;
  session: string;
}

/** The sessions in the file. */
export class SqliteSessions implements Sessions {
  readonly #find: Statement<SessionRow>;
  readonly #begin: Statement;
  readonly #end: Statement;
  readonly #dropExpired: Statement;
  readonly #dropOldestOfToken: Statement;
  readonly #dropOldest: Statement;

  /** @param now whole ms since the Unix epoch */
  constructor(
    private readonly database: SqliteDatabase,
    private readonly now: () => number,
  ) {
    this.#find = prepare(
      database,
      'SELECT expires_at, session FROM sessions WHERE secret_hash = ? AND expires_at > ?',
    );
    // A row that is replaced has a new rowid too.
    this.#begin = prepare(
      database,
      'INSERT OR REPLACE INTO sessions (secret_hash, expires_at, token_hash, session) VALUES (?, ?, ?, ?)',
    );
    this.#end = prepare(database, 'DELETE FROM sessions WHERE secret_hash = ? AND expires_at > ?');
    this.#dropExpired = prepare(database, 'DELETE FROM sessions WHERE expires_at <= ?');
    this.#dropOldestOfToken = prepare(
      database,
      `DELETE FROM sessions WHERE token_hash = ?1 AND rowid <=
         (SELECT rowid FROM sessions WHERE token_hash = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)`,
    );
    this.#dropOldest = prepare(
      database,
      'DELETE FROM sessions WHERE rowid <= (SELECT rowid FROM sessions ORDER BY rowid DESC LIMIT 1 OFFSET ?)',
    );
    this.#dropExpired.run(now());
  }

  async begin(secretHash: string, session: KeptSession, ttlMs: number): Promise<Session> {
    const text = sessionText(session);
    const now = this.now();
    const expiresAt = now + Math.ceil(ttlMs);
    this.database.writeDurably(() => {
      this.#dropExpired.run(now);
      this.#begin.run(secretHash, expiresAt, session.tokenHash, text);
      this.#dropOldestOfToken.run(session.tokenHash, SESSIONS_KEPT_OF_TOKEN);
      this.#dropOldest.run(SESSIONS_KEPT);
    });
    return toSession({ expires_at: expiresAt, session: text });
  }

  async find(secretHash: string): Promise<Session | undefined> {
    const row = this.#find.get(secretHash, this.now());
    return row && toSession(row);
  }

  async end(secretHash: string): Promise<boolean> {
    const now = this.now();
    return this.database.writeDurably(() => this.#end.run(secretHash, now).changes > 0);
  }
}

function toSession({ expires_at: expiresAt, session }: SessionRow): Session {
  return { ...fromJsonText<KeptSession>(session), expiresAt };
}
