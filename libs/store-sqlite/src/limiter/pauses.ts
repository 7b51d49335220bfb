import type { DatabaseSync } from 'node:sqlite';
import type { Pause, PauseOrder, PauseScope } from '@gateway-queue/identify-limiter';
import { NONE } from './schema.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface PauseRow {
  bot: string;
  bucket: number;
  reason: string;
  by: string;
  since: number;
  until: number | null;
}

/** The operators' pauses. */
export class Pauses {
  readonly #covering: Statement<Pick<PauseRow, 'until'>>;
  readonly #ofBot: Statement<PauseRow>;
  readonly #put: Statement;
  readonly #lift: Statement;
  readonly #dropEnded: Statement;

  constructor(database: DatabaseSync) {
    this.#covering = prepare(
      database,
      'SELECT until FROM pauses WHERE bot = ? AND bucket IN (?, ?) AND (until IS NULL OR until > ?)',
    );
    this.#ofBot = prepare(
      database,
      'SELECT * FROM pauses WHERE bot = ? AND (until IS NULL OR until > ?) ORDER BY bucket',
    );
    this.#put = prepare(
      database,
      'INSERT OR REPLACE INTO pauses (bot, bucket, reason, by, since, until) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#lift = prepare(database, 'DELETE FROM pauses WHERE bot = ? AND bucket = ?');
    this.#dropEnded = prepare(database, 'DELETE FROM pauses WHERE until <= ?');
  }

  /** When the last pause that covers the bucket ends: null for not by itself, undefined when none does. */
  coveringUntil(bot: string, bucket: number, now: number): number | null | undefined {
    const covering = this.#covering.all(bot, NONE, bucket, now);
    let last: number | null | undefined;
    for (const { until } of covering) {
      if (until === null) return null;
      last = Math.max(until, last ?? until);
    }
    return last;
  }

  ofBot(bot: string, now: number): Pause[] {
    const rows = this.#ofBot.all(bot, now);
    return rows.map((row) => ({
      bot: row.bot,
      bucket: row.bucket === NONE ? null : row.bucket,
      reason: row.reason,
      by: row.by,
      ageMs: now - row.since,
      endsInMs: row.until === null ? null : row.until - now,
    }));
  }

  put({ bot, bucket, reason, by, durationMs }: PauseOrder, now: number): void {
    this.#dropEnded.run(now);
    const until = durationMs === null ? null : now + durationMs;
    this.#put.run(bot, bucket ?? NONE, reason, by, now, until);
  }

  /** Whether there was one. */
  lift({ bot, bucket }: PauseScope, now: number): boolean {
    this.#dropEnded.run(now);
    return this.#lift.run(bot, bucket ?? NONE).changes > 0;
  }
}
