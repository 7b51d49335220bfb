import type { Clock } from '@gateway-queue/identify-limiter';

/** Injects the {@link Clock}. */
export const CLOCK = Symbol('Clock');

/** Injects the name of this process among the replicas, a string. */
export const REPLICA_NAME = Symbol('ReplicaName');

/** Injects whether other replicas can use the same store, a boolean. */
export const STORE_IS_SHARED = Symbol('StoreIsShared');

/** Injects the {@link Limiter}. */
export const LIMITER = Symbol('Limiter');

/** Injects the {@link AuditLog}. */
export const AUDIT_LOG = Symbol('AuditLog');

/** Injects the {@link Sessions}. */
export const SESSIONS = Symbol('Sessions');

/** Injects the {@link ReplicaReports}. */
export const REPLICA_REPORTS = Symbol('ReplicaReports');

/** Injects the {@link LimitsOverrides}. */
export const LIMITS_OVERRIDES = Symbol('LimitsOverrides');

export type { Clock };
export type {
  AuditLog,
  Limiter,
  LimitsOverrides,
  ReplicaReports,
  Sessions,
} from '@gateway-queue/operator-records';
