import type { Operator } from './operator.ts';

/** How many sessions are kept: those that began last. */
export const SESSIONS_KEPT = 1000;

/** How many sessions of one token are kept. So a client with one token cannot end the sessions of others by logging in again and again. */
export const SESSIONS_KEPT_OF_TOKEN = 50;

/** An operator who has logged in. */
export interface Session extends Operator {
  /** Ms since the Unix epoch, by the store's clock. */
  readonly expiresAt: number;
  /** Hex SHA-256 of the admin token that it was made with. The session ends when that token is no longer configured. */
  readonly tokenHash: string;
}

/** The sessions of operators, by the hash of a secret that only the browser has. */
export interface Sessions {
  /**
   * Begins a session. Past {@link SESSIONS_KEPT_OF_TOKEN} the session of that token that began first ends. Past
   * {@link SESSIONS_KEPT} the session of all that began first ends.
   *
   * @param secretHash hex SHA-256 of the secret: what is in the store does not suffice to log in
   * @param ttlMs after how many ms the session expires
   */
  begin(secretHash: string, session: Omit<Session, 'expiresAt'>, ttlMs: number): Promise<Session>;

  /** The session; undefined when there is none or it has expired. */
  find(secretHash: string): Promise<Session | undefined>;

  /** Ends the session. Resolves to false when there was none or it had expired. */
  end(secretHash: string): Promise<boolean>;
}
