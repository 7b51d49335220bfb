export {
  type Attempt,
  type Denial,
  type DenialReason,
  HOLD_REASONS,
  type HoldReason,
  isHoldReason,
  type Permit,
  type Starts,
  WAIT_REASONS,
  type WaitReason,
} from './attempt.ts';
export type { Budget } from './budget.ts';
export type { Closing, ClosingKind } from './closing.ts';
export { type CancelTimer, type Clock, systemClock } from './clock.ts';
export {
  DEAD_AFTER_MS,
  HEARTBEAT_MS,
  MARGIN_BACK_MS,
  MARGIN_STEP_MS,
  MAX_MARGIN_MS,
  PERMIT_KEEP_MS,
  REFUSALS_SHOWN_MS,
  REFUSALS_WITHIN_MS,
  REFUSED_WITHIN_MS,
  RESET_SLACK_MS,
  SESSION_WINDOW_MS,
  SETTLE_MS,
  UNCOUNTED_MS,
} from './constants.ts';
export type { LimiterControl } from './control.ts';
export { Epoch } from './epoch.ts';
export type {
  Change,
  EntriesLost,
  Entry,
  Eviction,
  IdentifyLimiter,
  Leaver,
  Opportunity,
  PlaceLeft,
  RefreshWanted,
} from './limiter.ts';
export {
  assertUsableReport,
  bucketOf,
  type KnownLimits,
  type Limits,
  LIMITS_SOURCES,
  type LimitsReport,
  type LimitsSource,
} from './limits.ts';
export { type GrownMargin, marginFor } from './margin.ts';
export { dividesDiscords, divisorsOf } from './max-concurrency.ts';
export type { Pause, PauseOrder, PauseScope } from './pause.ts';
export type { CrashLoopRule, LimiterRules } from './rules.ts';
export * from './steps/index.ts';
export { compareRanks, PRIORITIES, type Priority, type Rank } from './rank.ts';
export {
  type BotView,
  countOfPermits,
  type LimiterView,
  type LimitsView,
  type MarginView,
  NO_PERMITS,
  PERMIT_STATUSES,
  type PermitStatus,
  type PermitsWanted,
  type PermitView,
  type ReplicasView,
  type ReplicaView,
  type WaitersView,
  type WaiterView,
} from './view.ts';
