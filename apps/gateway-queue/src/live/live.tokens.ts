/** Injects the {@link ReplicaReports} that all replicas share. Whoever imports the module provides it, for all modules. */
export const REPLICA_REPORTS = Symbol('ReplicaReports');

export type { ReplicaReports } from '@gateway-queue/operator-records';
