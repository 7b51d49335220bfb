import type { AuditAction } from '@gateway-queue/operator-records';

/** Every action there is; a new one does not compile until it stands here. */
const KNOWN: Readonly<Record<AuditAction, true>> = {
  login: true,
  'login-failed': true,
  logout: true,
  pause: true,
  resume: true,
  evict: true,
  refresh: true,
  'override-limits': true,
  'lift-override': true,
};

/** What operators do. */
export const AUDIT_ACTIONS: readonly string[] = Object.keys(KNOWN);
