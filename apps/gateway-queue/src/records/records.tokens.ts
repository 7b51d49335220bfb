/** Injects the `AuditLog`. */
export const AUDIT_LOG = Symbol('AuditLog');

/** Injects the `Sessions`. */
export const SESSIONS = Symbol('Sessions');

/** Injects the `ReplicaReports`. */
export const REPLICA_REPORTS = Symbol('ReplicaReports');

/** Injects the `LimitsOverrides`. */
export const LIMITS_OVERRIDES = Symbol('LimitsOverrides');

export type {
  AuditLog,
  LimitsOverrides,
  ReplicaReports,
  Sessions,
} from '@gateway-queue/operator-records';
