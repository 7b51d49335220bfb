import type {
  Clock,
  IdentifyLimiter,
  LimiterControl,
  LimiterView,
} from '@gateway-queue/identify-limiter';

/** Injects the {@link Clock}. */
export const CLOCK = Symbol('Clock');

/** Injects the name of this process among the replicas, a string. */
export const REPLICA_NAME = Symbol('ReplicaName');

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

/** The limiter as the service uses it: permits for the queue, views and control for operators and the refresh. */
export type Limiter = IdentifyLimiter & LimiterControl & LimiterView;

export type { Clock };
export type {
  AuditLog,
  LimitsOverrides,
  ReplicaReports,
  Sessions,
} from '@gateway-queue/operator-records';
