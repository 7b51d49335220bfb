import { request } from './request.ts';
import type { Audit, AuditAction } from './schemas.ts';

/** Which entries to list; `before` is the `next` of the page before. */
export interface AuditQuery {
  readonly action?: AuditAction | undefined;
  readonly by?: string | undefined;
  readonly bot?: string | undefined;
  readonly limit?: number;
  readonly before?: number | undefined;
}

/** The audit log of all replicas, newest first. */
export function listAudit(query: AuditQuery, signal?: AbortSignal): Promise<Audit> {
  return request('GET', '/audit', { query: { ...query }, ...(signal && { signal }) });
}
