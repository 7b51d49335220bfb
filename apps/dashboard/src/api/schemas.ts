import type { components } from './types.ts';

type Schemas = components['schemas'];

/** The live state of all replicas. */
export type Snapshot = Schemas['SnapshotBody'];
export type Bot = Schemas['BotBody'];
export type Bucket = Schemas['BucketBody'];
export type Budget = Schemas['BudgetBody'];
export type Limits = Schemas['LimitsBody'];
export type GatewayInfo = Schemas['GatewayInfoBody'];
export type Hold = Schemas['HoldBody'];
export type Pause = Schemas['PauseBody'];
export type PauseOrder = Schemas['PauseOrderBody'];
export type RecentPermit = Schemas['RecentPermitBody'];
export type Permit = Schemas['ListedPermitBody'];
export type PermitStatus = Permit['status'];
export type Replica = Schemas['ReplicaBody'];
export type Session = Schemas['SessionBody'];
export type Waiter = Schemas['WaiterBody'];
export type Waiters = Schemas['WaitersBody'];
export type Override = Schemas['OverrideBody'];
export type OverrideOrder = Schemas['OverrideOrderBody'];
export type Audit = Schemas['AuditBody'];
export type AuditEntry = Schemas['AuditEntryBody'];
export type AuditAction = AuditEntry['action'];
export type Problem = Schemas['ProblemBody'];
export type ProblemCode = Problem['code'];
export type WaitReason = NonNullable<Bucket['reason']>;
