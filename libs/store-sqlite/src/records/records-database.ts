import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** A prepared statement whose rows have a known shape. */
export interface Statement<Row = never> {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): { readonly changes: number | bigint };
}

/** The file of the records, or what is in memory in its place. */
export class RecordsDatabase {
  constructor(private readonly database: DatabaseSync) {}

  /** The schema is STRICT and this package its only writer: that is what vouches for `Row`. */
  prepare<Row = never>(sql: string): Statement<Row> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- SQLite's rows are untyped, and typed here once
    return this.database.prepare(sql) as unknown as Statement<Row>;
  }

  /** Runs `change` in a transaction: all of it is kept, or, when it throws, none. */
  write<T>(change: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Closes the file and unlocks it. */
  close(): void {
    if (this.database.isOpen) this.database.close();
  }
}
