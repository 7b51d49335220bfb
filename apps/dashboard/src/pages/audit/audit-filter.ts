import type { AuditAction } from '../../api/schemas.ts';

/** Which entries the page shows; a field that is undefined does not filter. */
export interface AuditFilter {
  readonly action?: AuditAction | undefined;
  readonly by?: string | undefined;
  readonly bot?: string | undefined;
}

/** Whether the filter shows all entries. */
export function isEmpty(filter: AuditFilter): boolean {
  return Object.values(filter).every((wanted) => wanted === undefined);
}
