import { isAuditAction } from './audit-actions.ts';
import type { AuditFilter } from './audit-filter.ts';

/** The part of the audit log that the page shows. It is kept in the query of the page's address. */
export interface AuditView {
  readonly filter: AuditFilter;
  /** The `before` of each page up to this one; empty on the first page. */
  readonly cursors: readonly number[];
}

/** The view in a query. Invalid parts are ignored: the user may have typed the address by hand. */
export function viewIn(query: URLSearchParams): AuditView {
  const action = query.get('action') ?? '';
  return {
    filter: {
      action: isAuditAction(action) ? action : undefined,
      by: query.get('by') || undefined,
      bot: query.get('bot') || undefined,
    },
    cursors: query.getAll('before').filter(isWhole).map(Number),
  };
}

/** The query of a view. */
export function queryOf({ cursors, filter }: AuditView): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) query.set(name, value);
  }
  for (const cursor of cursors) query.append('before', String(cursor));
  return query;
}

function isWhole(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
