import type { AuditLog } from './audit-log.ts';
import type { LimitsOverrides } from './limits-overrides.ts';
import type { ReplicaReports } from './replica-reports.ts';
import type { Sessions } from './sessions.ts';

/**
 * What the operators' side of the service keeps, shared by all replicas that share a store. Every text comes back as it
 * was given. When the store fails, the call rejects.
 */
export interface OperatorRecords {
  readonly audit: AuditLog;
  readonly sessions: Sessions;
  readonly reports: ReplicaReports;
  readonly overrides: LimitsOverrides;
}
