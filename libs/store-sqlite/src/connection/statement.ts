import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** A prepared statement whose rows have a known shape. */
export interface Statement<Row = never> {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): { readonly changes: number | bigint };
}

/** Prepares `sql`. The schema is STRICT and this package its only writer: that is what vouches for `Row`. */
export function prepare<Row = never>(database: DatabaseSync, sql: string): Statement<Row> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- SQLite's rows are untyped, and typed here once
  return database.prepare(sql) as unknown as Statement<Row>;
}
