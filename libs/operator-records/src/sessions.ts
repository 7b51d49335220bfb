import type { Operator } from './operator.ts';

/** So many sessions are kept, those that began last. */
export const SESSIONS_KEPT = 1000;

/** So many of one token are: who has it cannot end those of everybody else by logging in over and over. */
export const SESSIONS_KEPT_OF_TOKEN = 50;

/** Somebody who has logged in. */
export interface Session extends Operator {
  /** Ms since the epoch, by the store's clock. */
  readonly expiresAt: number;
  /** Hex SHA-256 of the admin token that it was made with: it ends when that one is no longer configured. */
  readonly tokenHash: string;
}

/** Who has logged in, by the hash of a secret that only the browser has. */
export interface Sessions {
  /**
   * Begins a session. Past {@link SESSIONS_KEPT_OF_TOKEN} the token's own that began first ends; past
   * {@link SESSIONS_KEPT}, that of all.
   *
   * @param secretHash hex SHA-256 of the secret: whoever reads the store cannot log in with it
   * @param ttlMs it ends by itself after so many ms
   */
  begin(secretHash: string, session: Omit<Session, 'expiresAt'>, ttlMs: number): Promise<Session>;

  /** Undefined when there is none, or it has expired. */
  find(secretHash: string): Promise<Session | undefined>;

  /** Resolves to false when there was none, or it had expired. */
  end(secretHash: string): Promise<boolean>;
}
