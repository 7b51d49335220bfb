import type {
  AuditBody,
  AuditEntryBody,
} from '../../../apps/gateway-queue/src/admin/audit/audit-entry.body.ts';
import type { AdminClient } from './admin-client.ts';

/** The newest entries that pass the filter, newest first, and where the next page begins. */
export function auditPage(
  admin: AdminClient,
  filter: Readonly<Record<string, string | number>> = {},
): Promise<AuditBody> {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return admin.read<AuditBody>(`/audit?${query.toString()}`);
}

/**
 * All entries, newest first, read page by page.
 *
 * @param readers asked in turn, one for each page
 * @param limit entries on a page
 * @param betweenPages called after each page, before the next one is asked for
 */
export async function allAuditEntries(
  readers: readonly AdminClient[],
  limit: number,
  betweenPages: () => Promise<unknown>,
): Promise<AuditEntryBody[]> {
  const all: AuditEntryBody[] = [];
  let next: number | undefined;
  for (let page = 0; ; page += 1) {
    const reader = readers[page % readers.length];
    if (reader === undefined) throw new Error('There is no reader');
    const body = await auditPage(reader, { limit, ...(next !== undefined && { before: next }) });
    all.push(...body.items);
    next = body.next;
    if (next === undefined) return all;
    await betweenPages();
  }
}
