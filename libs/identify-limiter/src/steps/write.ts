import type { Budget } from '../budget.ts';
import type { Closing } from '../closing.ts';
import type { Change } from '../limiter.ts';
import type { GrownMargin } from '../margin.ts';
import type { Rank } from '../rank.ts';
import type { BotState, HeldRank, PauseState, PermitState, Place } from './state.ts';

/** What a step has a store write. A store applies the writes of a step in their order, all of them or none. */
export type Write = StateWrite | HeadWrite;

/** What has to outlive the replicas. */
export type StateWrite =
  /** Replaces the bot's limits and budget. */
  | { readonly kind: 'save-bot'; readonly bot: string; readonly state: BotState }
  /** Replaces the bot's budget alone. */
  | { readonly kind: 'save-budget'; readonly bot: string; readonly budget: Budget }
  /** Replaces the bot's grown margin alone. */
  | { readonly kind: 'save-margin'; readonly bot: string; readonly margin: GrownMargin | undefined }
  /** Nothing that was written since this moment is missing. A store that cannot lose data ignores it. */
  | { readonly kind: 'vouch'; readonly bot: string; readonly since: number }
  /** Replaces how the bucket is closed, and by which permit. */
  | {
      readonly kind: 'close-bucket';
      readonly bot: string;
      readonly bucket: number;
      readonly closing: Closing | undefined;
      readonly permit: string | null;
    }
  /** Forgets how the bot's buckets are closed. */
  | { readonly kind: 'forget-buckets'; readonly bot: string }
  | { readonly kind: 'add-permit'; readonly permit: PermitState }
  | { readonly kind: 'confirm-permit'; readonly permit: PermitState; readonly at: number }
  | { readonly kind: 'release-permit'; readonly permit: PermitState }
  /** The permit's shard asked again, as one does that was refused. */
  | { readonly kind: 'see-refusal'; readonly permit: PermitState; readonly at: number }
  /** Drops the bot's permits whose `usedBy` is before this moment; some of them may stay until the next such write. */
  | { readonly kind: 'drop-permits'; readonly bot: string; readonly usedBefore: number }
  /** Adds a new rank. */
  | { readonly kind: 'hold-rank'; readonly held: HeldRank }
  /** Makes the place with this rank's ticket the entry's rank. */
  | { readonly kind: 'take-place'; readonly held: HeldRank }
  /** Drops the entry with its rank. */
  | { readonly kind: 'drop-rank'; readonly bot: string; readonly entry: string }
  /** Drops the entry and makes a place of its rank. */
  | { readonly kind: 'leave-place'; readonly held: HeldRank; readonly leftAt: number }
  /** Drops the bot's places that were left at this moment or before. */
  | { readonly kind: 'expire-places'; readonly bot: string; readonly leftBy: number }
  /** Adds a place of a rank that is not on record. */
  | { readonly kind: 'add-place'; readonly place: Place }
  /** Drops so many of the bot's places: those left longest ago, and of those left at once the ones that joined last. */
  | { readonly kind: 'drop-places'; readonly bot: string; readonly count: number }
  /** Replaces a pause of the same scope. */
  | { readonly kind: 'put-pause'; readonly pause: PauseState }
  | { readonly kind: 'lift-pause'; readonly bot: string; readonly bucket: number | null };

/** What a store may keep in memory alone, if its replicas live and die together. */
export type HeadWrite =
  /** Makes the rank the replica's head of the bucket. */
  | {
      readonly kind: 'set-head';
      readonly bot: string;
      readonly bucket: number;
      readonly replica: string;
      readonly rank: Rank;
    }
  | {
      readonly kind: 'withdraw-head';
      readonly bot: string;
      readonly bucket: number;
      readonly replica: string;
    }
  /** Forgets the heads of all the bot's buckets, at all replicas. */
  | { readonly kind: 'forget-heads'; readonly bot: string };

/** What a store writes about replicas that can die one by one. */
export type ReplicaWrite =
  /** When the replica was last heard of. */
  | {
      readonly kind: 'hear-replica';
      readonly bot: string;
      readonly replica: string;
      readonly at: number;
    }
  /** Forgets the replica, its heads, and since when its entries are on record. */
  | { readonly kind: 'forget-replica'; readonly bot: string; readonly replica: string }
  /** Makes the replica the one that asks Discord for the bot's limits. */
  | { readonly kind: 'set-leader'; readonly bot: string; readonly replica: string }
  /** What the replica enters from this moment on is on record. */
  | {
      readonly kind: 'put-on-record';
      readonly bot: string;
      readonly replica: string;
      readonly since: number;
    }
  /** No replica's entries count as on record any more. */
  | { readonly kind: 'forget-records'; readonly bot: string };

/** What a step comes to. */
export interface Outcome<Answer, Writes = Write> {
  readonly answer: Answer;
  /** In the order in which they are applied; empty when the step changes nothing. */
  readonly writes: readonly Writes[];
  /** Announced once everything is written. */
  readonly changes: readonly Change[];
}

/** An outcome that changes nothing. */
export function answerOnly<Answer>(answer: Answer): Outcome<Answer, never> {
  return { answer, writes: [], changes: [] };
}
