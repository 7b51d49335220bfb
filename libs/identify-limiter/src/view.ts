import type { KnownLimits } from './limits.ts';
import type { Pause } from './pause.ts';
import type { Rank } from './rank.ts';

/** A request that waits, at whichever replica. */
export interface WaiterView {
  /** The entry's id. */
  readonly id: string;
  readonly shard: number | null;
  readonly rank: Rank;
  /** When its shard joined the line. With a place that was taken back, that is before this request came. */
  readonly since: number;
  readonly replica: string;
}

/** All requests that wait for a bot. */
export interface WaitersView {
  /** When this was read. */
  readonly now: number;
  /** In rank order, whichever bucket they are in. */
  readonly waiters: readonly WaiterView[];
}

/**
 * The statuses of a permit:
 *
 * - `granted`: it need not be confirmed
 * - `pending`: its confirm may still come
 * - `confirmed`: Discord has accepted the IDENTIFY
 * - `expired`: its confirm did not come in time. A confirm after the deadline still makes it `confirmed`, for as long as
 *   the permit keeps its bucket closed, which is one interval more
 * - `released`: it was not used
 */
export const PERMIT_STATUSES = ['granted', 'pending', 'confirmed', 'expired', 'released'] as const;

export type PermitStatus = (typeof PERMIT_STATUSES)[number];

/** A permit that was given. */
export interface PermitView {
  readonly id: string;
  readonly shard: number | null;
  readonly bucket: number;
  readonly grantedAt: number;
  readonly status: PermitStatus;
}

/** The limits as operators see them. */
export interface LimitsView extends KnownLimits {
  /** When `remaining` is `total` again; null while the window has not begun. */
  readonly resetAt: number | null;
  /** When these limits were last reported. */
  readonly reportedAt: number;
}

/** How many of a bot's newest permits are read: `base`, and `perBucket` more for each bucket, but `max` at most. */
export interface PermitsWanted {
  readonly base: number;
  readonly perBucket: number;
  readonly max: number;
}

export const NO_PERMITS: PermitsWanted = { base: 0, perBucket: 0, max: 0 };

/** @param maxConcurrency 0 while the limits are unknown */
export function countOfPermits(
  { base, perBucket, max }: PermitsWanted,
  maxConcurrency: number,
): number {
  return Math.min(base + perBucket * maxConcurrency, max);
}

/** What is added to the interval after a permit that is not confirmed. */
export interface MarginView {
  /** In force now, in ms. */
  readonly ms: number;
  /** What is set, in ms. */
  readonly setMs: number;
  /** When it is what is set again, if no refusal is seen until then; null while it is. */
  readonly backAt: number | null;
  /** How many IDENTIFYs were probably refused within `REFUSALS_SHOWN_MS`: their shards asked again. */
  readonly refusals: number;
}

/** One bot, all of it read at one moment. */
export interface BotView {
  /** When this was read. */
  readonly now: number;
  /** Undefined until they are reported. */
  readonly limits: LimitsView | undefined;
  /** When each bucket opens; a moment that is not after `now` means that it is open. Empty while the limits are unknown. */
  readonly opensAt: readonly number[];
  /** The pauses that hold, the whole bot's first, then by bucket. */
  readonly pauses: readonly Pause[];
  readonly margin: MarginView;
  /** The permits given last, latest first. They are remembered for an hour. */
  readonly permits: readonly PermitView[];
}

/** A replica that lives. */
export interface ReplicaView {
  readonly replica: string;
  /** When it was last heard of. */
  readonly heardAt: number;
}

/** The replicas that serve a bot. */
export interface ReplicasView {
  /** When this was read. */
  readonly now: number;
  readonly replicas: readonly ReplicaView[];
}

/**
 * What operators look at: the state of all replicas, whichever is asked.
 *
 * Moments are ms since the Unix epoch on the store's clock, and may have a fraction. What did not change has the same
 * moment in each reading; on a store without a clock of its own all moments move together when the wall clock is set.
 * Compare them with `now` of the same reading, not with another machine's clock.
 */
export interface LimiterView {
  /** Everything about the bot but its waiters, in one read. None of its permits unless they are asked for. */
  view(bot: string, permits?: PermitsWanted): Promise<BotView>;

  /** All requests that wait for the bot. */
  waiters(bot: string): Promise<WaitersView>;

  /** The replicas that serve the bot. */
  replicas(bot: string): Promise<ReplicasView>;

  /** The moment of {@link Rank.joinedAt}: when the shard first asked and since when it has kept its place. */
  momentOf(joinedAt: number): number;
}
