import type { DatabaseSync } from 'node:sqlite';
import type { PauseScope, PauseState } from '@gateway-queue/identify-limiter';
import { prepare, type Statement } from '../../connection/statement.ts';
import { NONE } from '../schema.ts';

interface PauseRow {
  bot: string;
  bucket: number;
  reason: string;
  by: string;
  since: number;
  until: number | null;
}

/** The operators' pauses, also those that have ended and are not replaced or lifted yet. */
export class Pauses {
  readonly #ends: Statement<Pick<PauseRow, 'until'>>;
  readonly #find: Statement<PauseRow>;
  readonly #ofBot: Statement<PauseRow>;
  readonly #put: Statement;
  readonly #lift: Statement;
  readonly #dropEnded: Statement;

  constructor(database: DatabaseSync) {
    this.#ends = prepare(database, 'SELECT until FROM pauses WHERE bot = ? AND bucket IN (?, ?)');
    this.#find = prepare(database, 'SELECT * FROM pauses WHERE bot = ? AND bucket = ?');
    this.#ofBot = prepare(database, 'SELECT * FROM pauses WHERE bot = ?');
    this.#put = prepare(
      database,
      'INSERT OR REPLACE INTO pauses (bot, bucket, reason, by, since, until) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#lift = prepare(database, 'DELETE FROM pauses WHERE bot = ? AND bucket = ?');
    this.#dropEnded = prepare(database, 'DELETE FROM pauses WHERE until <= ?');
  }

  /** When each pause ends that covers the bucket; null for not by itself. */
  endsOf(bot: string, bucket: number): (number | null)[] {
    return this.#ends.all(bot, NONE, bucket).map(({ until }) => until);
  }

  find({ bot, bucket }: PauseScope): PauseState | undefined {
    const row = this.#find.get(bot, bucket ?? NONE);
    return row && toState(row);
  }

  ofBot(bot: string): PauseState[] {
    return this.#ofBot.all(bot).map(toState);
  }

  /** Drops those that have ended by then, whichever bot's. */
  put({ bot, bucket, reason, by, since, until }: PauseState): void {
    this.#dropEnded.run(since);
    this.#put.run(bot, bucket ?? NONE, reason, by, since, until);
  }

  lift(bot: string, bucket: number | null): void {
    this.#lift.run(bot, bucket ?? NONE);
  }
}

function toState({ bucket, ...row }: PauseRow): PauseState {
  return { ...row, bucket: bucket === NONE ? null : bucket };
}
