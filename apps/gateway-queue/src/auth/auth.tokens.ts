import type { AuditLog, Sessions } from '@gateway-queue/operator-records';

/** Injects the {@link AuditLog}. */
export const AUDIT_LOG = Symbol('AuditLog');

/** Injects the {@link Sessions}. */
export const SESSIONS = Symbol('Sessions');

export type { AuditLog, Sessions };
