import type { Closing, ClosingKind } from '@gateway-queue/identify-limiter';

/** A closing as it is stored; both NULL for none. */
export interface ClosingRow {
  closed_from: number | null;
  closed_kind: ClosingKind | null;
}

export function toClosing({
  closed_from: from,
  closed_kind: kind,
}: ClosingRow): Closing | undefined {
  return from === null || kind === null ? undefined : { from, kind };
}
