import type { Budget } from '../budget.ts';
import type { Closing } from '../closing.ts';
import type { LimitsSource } from '../limits.ts';
import type { GrownMargin } from '../margin.ts';
import type { Rank } from '../rank.ts';

/*
 * What a store keeps. All moments are ms on the store's clock. A record is never changed in place.
 */

/** A bot's limits and budget, as they were saved last. */
export interface BotState {
  readonly version: number;
  readonly maxConcurrency: number;
  /** Discord's own, as it was reported last; null when the last report did not know it. */
  readonly discordMaxConcurrency: number | null;
  readonly source: LimitsSource;
  readonly reportedAt: number;
  /** Whether the budget was ever reported by Discord. */
  readonly countedByDiscord: boolean;
  readonly budget: Budget;
  /** How the last bucket to open was closed when `maxConcurrency` changed. */
  readonly formerClosing: Closing | undefined;
  /** When every replica has reported its heads of the buckets that are new; null when there is nothing to wait for. */
  readonly settledAt: number | null;
  /** When data was lost last, so that permits of before may be missing; null when it never was. */
  readonly lostAt: number | null;
  /** Undefined when the margin is what is set. */
  readonly grownMargin: GrownMargin | undefined;
}

/** How a bucket was closed last since `maxConcurrency` changed. */
export interface BucketClosing {
  /** Undefined when it is not closed. */
  readonly closing: Closing | undefined;
  /** The permit that closed it; null once that was released. */
  readonly permit: string | null;
}

/** A permit that was granted. */
export interface PermitState {
  readonly id: string;
  readonly bot: string;
  /** Null when the request named no shard. */
  readonly shard: number | null;
  readonly bucket: number;
  readonly grantedAt: number;
  /** When it has to be confirmed at the latest; null when it need not be. */
  readonly confirmBy: number | null;
  /** Null while it is not confirmed. */
  readonly confirmedAt: number | null;
  readonly released: boolean;
  /** When its shard was seen to ask again, as one does that was refused; null when it was not. */
  readonly askedAgainAt: number | null;
  /** How its bucket was closed before. */
  readonly closingBefore: Closing | undefined;
  /** The rank that it used up. */
  readonly rank: Rank;
}

/** A rank that an entry holds. */
export interface HeldRank {
  /** The entry's id. */
  readonly entry: string;
  readonly bot: string;
  readonly shard: number | null;
  /** The replica at which the entry waits. */
  readonly replica: string;
  readonly rank: Rank;
}

/** A rank that is kept for a shard whose waiter left. */
export interface Place {
  readonly bot: string;
  readonly shard: number | null;
  readonly rank: Rank;
  readonly leftAt: number;
}

/** A pause, also one that has ended and is not dropped yet. */
export interface PauseState {
  readonly bot: string;
  /** Null for the whole bot. */
  readonly bucket: number | null;
  readonly reason: string;
  readonly by: string;
  readonly since: number;
  /** When it ends by itself; null for not before it is lifted. */
  readonly until: number | null;
}
