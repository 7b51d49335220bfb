import type { DatabaseSync } from 'node:sqlite';
import type { BucketClosing, Closing } from '@gateway-queue/identify-limiter';
import { prepare, type Statement } from '../../connection/statement.ts';
import { type ClosingRow, toClosing } from './closing.ts';

/** How each bucket was closed last since its bot's `maxConcurrency` changed. */
export class Buckets {
  readonly #find: Statement<ClosingRow & { permit: string | null }>;
  readonly #ofBot: Statement<ClosingRow & { bucket: number }>;
  readonly #close: Statement;
  readonly #forget: Statement;

  constructor(database: DatabaseSync) {
    this.#find = prepare(
      database,
      'SELECT closed_from, closed_kind, permit FROM buckets WHERE bot = ? AND bucket = ?',
    );
    this.#ofBot = prepare(
      database,
      'SELECT bucket, closed_from, closed_kind FROM buckets WHERE bot = ?',
    );
    this.#close = prepare(
      database,
      'INSERT OR REPLACE INTO buckets (bot, bucket, closed_from, closed_kind, permit) VALUES (?, ?, ?, ?, ?)',
    );
    this.#forget = prepare(database, 'DELETE FROM buckets WHERE bot = ?');
  }

  find(bot: string, bucket: number): BucketClosing | undefined {
    const row = this.#find.get(bot, bucket);
    return row && { closing: toClosing(row), permit: row.permit };
  }

  /** The closings of the bot's buckets that are closed or were, by bucket. */
  closingsOf(bot: string): Map<number, Closing> {
    const closings = new Map<number, Closing>();
    for (const row of this.#ofBot.all(bot)) {
      const closing = toClosing(row);
      if (closing !== undefined) closings.set(row.bucket, closing);
    }
    return closings;
  }

  close(bot: string, bucket: number, closing: Closing | undefined, permit: string | null): void {
    this.#close.run(bot, bucket, closing?.from ?? null, closing?.kind ?? null, permit);
  }

  forget(bot: string): void {
    this.#forget.run(bot);
  }
}
