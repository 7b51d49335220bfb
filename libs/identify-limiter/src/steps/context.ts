import type { LimiterRules } from '../rules.ts';

/** What a store goes by. The same for all replicas that share it. */
export interface StoreRules extends LimiterRules {
  /** How long in ms a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
  /** `SETTLE_MS`, or 0 for a store whose replicas hear of new buckets at once. */
  readonly settleMs: number;
}

/** What every step is told beside its slice of the state. */
export interface StepContext {
  /** Now on the store's clock, which never runs backwards. */
  readonly now: number;
  /** The replica that asks. */
  readonly replica: string;
  readonly rules: StoreRules;
}
