export {
  ACCESS_KEPT,
  AUDIT_KEPT,
  type AuditAction,
  type AuditEntry,
  type AuditFilter,
  type AuditLog,
  type AuditRecord,
} from './audit-log.ts';
export type { Lift, LimitsOverride, LimitsOverrides } from './limits-overrides.ts';
export { type Operator, type Role, ROLES } from './operator.ts';
export type { OperatorRecords } from './operator-records.ts';
export { type Session, type Sessions, SESSIONS_KEPT, SESSIONS_KEPT_OF_TOKEN } from './sessions.ts';
export type { Limiter, Store, StoreOptions } from './store.ts';
export { type AuditClass, classOf, KEPT } from './audit-class.ts';
export { fromJsonText, toJsonText } from './json-text.ts';
export {
  type KeptOverride,
  type KeptSession,
  overrideText,
  recordText,
  sessionText,
} from './kept-text.ts';
export { byReplica, type ReplicaReports, type StoredReport } from './replica-reports.ts';
