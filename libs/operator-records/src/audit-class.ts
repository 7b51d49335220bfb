import { ACCESS_KEPT, AUDIT_KEPT, type AuditAction } from './audit-log.ts';

/** Entries of one class share a bound, and never push out entries of the other class. */
export type AuditClass = 'access' | 'change';

/** How many entries of each class are kept. */
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
