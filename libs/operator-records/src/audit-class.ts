import { ACCESS_KEPT, AUDIT_KEPT, type AuditAction } from './audit-log.ts';

/** What drops out of the log together: entries of one class never push out those of the other. */
export type AuditClass = 'access' | 'change';

/** So many entries of each are kept. */
export const KEPT: Readonly<Record<AuditClass, number>> = {
  access: ACCESS_KEPT,
  change: AUDIT_KEPT,
};

const CLASSES: Readonly<Record<AuditAction, AuditClass>> = {
  login: 'access',
  'login-failed': 'access',
  logout: 'access',
  pause: 'change',
  resume: 'change',
  evict: 'change',
  refresh: 'change',
  'override-limits': 'change',
  'lift-override': 'change',
};

export function classOf(action: AuditAction): AuditClass {
  return CLASSES[action];
}
