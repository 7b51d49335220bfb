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

/** The names of all actions. The compiler reports an action of the API that has no entry here. */
export const ACTIONS = {
  login: 'login',
  'login-failed': 'failed login',
  logout: 'logout',
  pause: 'pause',
  resume: 'resume',
  evict: 'evict',
  refresh: 'refresh',
  'override-limits': 'override limits',
  'lift-override': 'lift override',
} satisfies Record<AuditAction, string>;

export function isAction(value: string): value is AuditAction {
  return Object.hasOwn(ACTIONS, value);
}
