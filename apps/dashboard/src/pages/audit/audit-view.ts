import { type AuditFilter, isAction } from './audit-filter.ts';

/** What of the audit log is looked at; stands in the query of the page's address. */
export interface AuditView {
  readonly filter: AuditFilter;
  /** What was sent as `before` for each page up to this one; none on the first. */
  readonly cursors: readonly number[];
}

/** The view that a query asks for. What makes no sense in it does not count: anybody may have typed it. */
export function viewIn(query: URLSearchParams): AuditView {
  const action = query.get('action') ?? '';
  return {
    filter: {
      action: isAction(action) ? action : undefined,
      by: query.get('by') || undefined,
      bot: query.get('bot') || undefined,
    },
    cursors: query.getAll('before').filter(isWhole).map(Number),
  };
}

/** The query that asks for a view. */
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
