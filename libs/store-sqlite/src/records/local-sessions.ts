import { fromJsonText } from '@gateway-queue/operator-records';
import { type KeptSession, sessionText } from '@gateway-queue/operator-records';
import {
  type Session,
  type Sessions,
  SESSIONS_KEPT,
  SESSIONS_KEPT_OF_TOKEN,
} from '@gateway-queue/operator-records';
import type { RecordsDatabase, Statement } from './records-database.ts';

interface SessionRow {
  expires_at: number;
  session: string;
}

/** The sessions in the file. */
export class LocalSessions implements Sessions {
  readonly #find: Statement<SessionRow>;
  readonly #begin: Statement;
  readonly #end: Statement;
  readonly #dropExpired: Statement;
  readonly #dropOldestOfToken: Statement;
  readonly #dropOldest: Statement;

  /** @param now whole ms since the epoch */
  constructor(
    private readonly database: RecordsDatabase,
    private readonly now: () => number,
  ) {
    this.#find = database.prepare(
      'SELECT expires_at, session FROM sessions WHERE secret_hash = ? AND expires_at > ?',
    );
    // A row that is replaced has a new rowid too.
    this.#begin = database.prepare(
      'INSERT OR REPLACE INTO sessions (secret_hash, expires_at, token_hash, session) VALUES (?, ?, ?, ?)',
    );
    this.#end = database.prepare('DELETE FROM sessions WHERE secret_hash = ? AND expires_at > ?');
    this.#dropExpired = database.prepare('DELETE FROM sessions WHERE expires_at <= ?');
    this.#dropOldestOfToken = database.prepare(
      `DELETE FROM sessions WHERE token_hash = ?1 AND rowid <=
         (SELECT rowid FROM sessions WHERE token_hash = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)`,
    );
    this.#dropOldest = database.prepare(
      'DELETE FROM sessions WHERE rowid <= (SELECT rowid FROM sessions ORDER BY rowid DESC LIMIT 1 OFFSET ?)',
    );
    this.#dropExpired.run(now());
  }

  async begin(secretHash: string, session: KeptSession, ttlMs: number): Promise<Session> {
    const text = sessionText(session);
    const now = this.now();
    const expiresAt = now + Math.ceil(ttlMs);
    this.database.write(() => {
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
    return this.#end.run(secretHash, this.now()).changes > 0;
  }
}

function toSession({ expires_at: expiresAt, session }: SessionRow): Session {
  return { ...fromJsonText<KeptSession>(session), expiresAt };
}
