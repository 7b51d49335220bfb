import type { AuditAction } from '../../api/schemas.ts';

/** Which entries are shown; what is undefined does not count. */
export interface AuditFilter {
  readonly action?: AuditAction | undefined;
  readonly by?: string | undefined;
  readonly bot?: string | undefined;
}

/** Whether it lets all of them through. */
export function isEmpty(filter: AuditFilter): boolean {
  return Object.values(filter).every((wanted) => wanted === undefined);
}

/** What each action is called. */
export const ACTIONS: Readonly<Record<AuditAction, string>> = {
  login: 'login',
  'login-failed': 'failed login',
  logout: 'logout',
  pause: 'pause',
  resume: 'resume',
  evict: 'evict',
  refresh: 'refresh',
  'override-limits': 'override limits',
  'lift-override': 'lift override',
};

export function isAction(value: string): value is AuditAction {
  return Object.hasOwn(ACTIONS, value);
}
