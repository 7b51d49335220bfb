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

  /** The pauses that hold, the whole bot's first, then by bucket. @param offset from the timeline to the epoch, in ms */
  ofBot(bot: string, now: number, offset: number): Pause[] {
    return this.#ofBot.all(bot, now).map((row) => toPause(row, offset));
  }

  /** @param offset from the timeline to the epoch, in ms */
  put({ bot, bucket, reason, by, durationMs }: PauseOrder, now: number, offset: number): Pause {
    this.#dropEnded.run(now);
    const until = durationMs === null ? null : now + durationMs;
    const row = { bot, bucket: bucket ?? NONE, reason, by, since: now, until };
    this.#put.run(row.bot, row.bucket, row.reason, row.by, row.since, row.until);
    return toPause(row, offset);
  }

  /** Whether there was one. */
  lift({ bot, bucket }: PauseScope, now: number): boolean {
    this.#dropEnded.run(now);
    return this.#lift.run(bot, bucket ?? NONE).changes > 0;
  }
}

function toPause({ bot, bucket, reason, by, since, until }: PauseRow, offset: number): Pause {
  return {
    bot,
    bucket: bucket === NONE ? null : bucket,
    reason,
    by,
    since: since + offset,
    until: until === null ? null : until + offset,
  };
}
