import type { Limits } from './limits.ts';
import type { Rank } from './rank.ts';

/** One try to get a permit for the waiter at the head of a line. */
export interface Attempt {
  /**
   * Names this attempt, and becomes the permit's id. For an hour after it was granted, the same operation is answered
   * with the same permit, so that a caller that lost the answer can repeat the question. The operation must not be
   * repeated later, nor once the permit was released.
   */
  readonly operation: string;
  /** The id of the entry that is at the head. */
  readonly entry: string;
  readonly bot: string;
  /** Null when the request names no shard. */
  readonly shard: number | null;
  readonly bucket: number;
  /** The head's rank. The limiter remembers it as this replica's head of the bucket. */
  readonly rank: Rank;
  /** Version of the limits by which `bucket` was worked out; 0 when none are known yet. */
  readonly limitsVersion: number;
  /** Whether the shard will say when it has identified: until then the bucket stays closed. */
  readonly confirm: boolean;
}

/** Leave for one shard to identify once. */
export interface Permit {
  readonly granted: true;
  readonly id: string;
  readonly bot: string;
  readonly shard: number | null;
  readonly bucket: number;
  /** Ms from the permit within which it has to be confirmed; null when it need not be. */
  readonly confirmWithinMs: number | null;
}

/**
 * What denies a permit once the limits are known and current, in the order in which it is checked:
 *
 * - `paused`: the bot or the bucket is paused
 * - `budget`: no session start is left until the reset, apart from the reserve
 * - `crash-loop`: the shard had too many permits lately, and starts are running out; other shards may pass it
 * - `interval`: the bucket's last permit is too recent
 * - `line`: the head of this bucket at another replica ranks first
 */
export const BUCKET_DENIALS = ['paused', 'budget', 'crash-loop', 'interval', 'line'] as const;

export type BucketDenial = (typeof BUCKET_DENIALS)[number];

/**
 * Why there is no permit now, in the order in which it is checked: before {@link BUCKET_DENIALS} come
 *
 * - `limits-unknown`: the bot's limits have not been reported to the limiter yet
 * - `limits-changed`: the bucket was worked out from other limits; `limits` has today's
 * - `rank-not-held`: the rank is kept as a place, or another entry holds it; the entry has left, or did not enter again
 */
export type DenialReason = 'limits-unknown' | 'limits-changed' | 'rank-not-held' | BucketDenial;

/**
 * Why a request still waits: a denial that does not pass at once, or `limiter-unavailable`: the limiter's store fails, so
 * no permit is given.
 */
export const WAIT_REASONS = ['limits-unknown', ...BUCKET_DENIALS, 'limiter-unavailable'] as const;

export type WaitReason = (typeof WAIT_REASONS)[number];

/** While a line waits for one of these, it moves by itself. */
const LINE_REASONS = ['interval', 'line'] as const satisfies readonly WaitReason[];

/** What holds a request back for longer than its line does. */
export type HoldReason = Exclude<WaitReason, (typeof LINE_REASONS)[number]>;

export const HOLD_REASONS: readonly HoldReason[] = WAIT_REASONS.filter(
  (reason): reason is HoldReason => !LINE_REASONS.some((other) => other === reason),
);

export function isHoldReason(reason: DenialReason | WaitReason): reason is HoldReason {
  return HOLD_REASONS.some((other) => other === reason);
}

/** The session starts that may still be given, for estimates. */
export interface Starts {
  /** How many are left above the reserve; never below 0. */
  readonly left: number;
  /** How many a whole window has above the reserve; never below 0. */
  readonly perWindow: number;
  /** Ms until there are `perWindow` again; null while the window has not begun, which its first permit does. */
  readonly resetInMs: number | null;
}

/** "Not now", which is an answer and no failure. A denied attempt has spent nothing. */
export interface Denial {
  readonly granted: false;
  readonly reason: DenialReason;
  /** Ms until the reason ends by itself, 0 for ask again at once; null when it takes a change, which is announced. */
  readonly retryInMs: number | null;
  /** With `limits-changed`. */
  readonly limits?: Limits;
  /** With every reason but `limits-unknown`. */
  readonly starts?: Starts;
}
