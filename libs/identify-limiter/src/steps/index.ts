export { confirm, type ConfirmSlice } from './confirm.ts';
export type { StepContext, StoreRules } from './context.ts';
export { currentBot, type LoadedBot, usesNeededSince } from './current-bot.ts';
export { enter, type EnterSlice, saysItLostRank } from './enter.ts';
export { type Heads, withdrawHead } from './heads.ts';
export { forget, leave, type LeaveSlice } from './leave.ts';
export { noticeLostData } from './lost-data.ts';
export { pause, resume } from './pause.ts';
export { usedBy } from './permit.ts';
export { expirePlaces, type PlacesSlice } from './places.ts';
export { asksAnew } from './refusal.ts';
export { release, type ReleaseSlice } from './release.ts';
export {
  type DeadReplica,
  hearReplica,
  type Heartbeat,
  heartbeat,
  type HeartbeatSlice,
  reap,
  type ReapSlice,
  type ReplicasSlice,
} from './replicas.ts';
export { setLimits, type LimitsSlice } from './set-limits.ts';
export type { BotState, BucketClosing, HeldRank, PauseState, PermitState, Place } from './state.ts';
export { type AttemptSlice, needsShardGrants, tryAcquire } from './try-acquire.ts';
export { type BotSlice, toLimits, toPause, type ViewContext, viewOf, waitersOf } from './views.ts';
export type { HeadWrite, Outcome, ReplicaWrite, StateWrite, Write } from './write.ts';
