import { DatabaseSync } from 'node:sqlite';
import { prepare, type Statement } from './statement.ts';

/** An opened database file, or one in memory. One transaction runs at a time. */
export class SqliteDatabase extends DatabaseSync {
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;

  constructor(path: string) {
    super(path);
    this.#begin = prepare(this, 'BEGIN IMMEDIATE');
    this.#commit = prepare(this, 'COMMIT');
    this.#rollback = prepare(this, 'ROLLBACK');
  }

  /**
   * Runs `change` in a transaction: all of it is kept, or, when it throws, none of it. It survives the end of the
   * process; the last transactions may be lost when the machine fails.
   */
  write<T>(change: () => T): T {
    this.#begin.run();
    try {
      const result = change();
      this.#commit.run();
      return result;
    } catch (error) {
      if (this.isTransaction) this.#rollback.run();
      throw error;
    }
  }

  /** Like {@link write}, and on the disk before it returns: it survives a failure of the machine too. */
  writeDurably<T>(change: () => T): T {
    this.exec('PRAGMA synchronous = FULL');
    try {
      return this.write(change);
    } finally {
      this.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** Closes the file and unlocks it. Again, it does nothing. */
  override close(): void {
    if (this.isOpen) super.close();
  }
}
