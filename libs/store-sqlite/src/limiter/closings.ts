import type { Closing, ClosingKind } from '@gateway-queue/identify-limiter';

/** A closing as it is stored; both NULL for none. */
export interface ClosingRow {
  closed_from: number | null;
  closed_kind: ClosingKind | null;
}

export function toClosing(row: ClosingRow | undefined): Closing | undefined {
  if (row === undefined || row.closed_from === null || row.closed_kind === null) return undefined;
  return { from: row.closed_from, kind: row.closed_kind };
}
