import type { Attempt, Denial, Permit } from './attempt.ts';
import type { Priority, Rank } from './rank.ts';

/** A request that joins a line. */
export interface Entry {
  /** Unique to this request. */
  readonly id: string;
  readonly bot: string;
  /** Null when the request names no shard. Such requests count as one another. */
  readonly shard: number | null;
  readonly priority: Priority;
  /** The rank that the entry had, as far as the caller knows. The limiter may have lost it, for instance with its data. */
  readonly rank?: Rank;
}

/** A request that leaves its line. */
export type Leaver = Omit<Entry, 'priority'>;

/** What is announced to all replicas, because a waiter may gain by it or a replica has to act. */
export type Change = Opportunity | PlaceLeft | EntriesLost | Eviction | RefreshWanted;

/** A head that was denied before may get its permit now. */
export interface Opportunity {
  readonly bot: string;
  /** Null when it concerns every bucket of the bot. */
  readonly bucket: number | null;
}

/** The shard has a place now, and another request of it waits already. That request may take the place by entering again. */
export interface PlaceLeft {
  readonly bot: string;
  readonly placeOf: number;
}

/**
 * What this replica entered is not on record any more, or not as its own. Either the replica was silent for so long that
 * it counted as dead, or data was lost. The replica has to enter all its waiters again, with the ranks that they had.
 */
export interface EntriesLost {
  readonly bot: string;
  readonly entriesLost: true;
}

/** The replica that holds this entry's request has to end the request and keep no place. */
export interface Eviction {
  readonly bot: string;
  readonly evicted: string;
}

/** An operator wants the replica that leads to refresh the bot's limits. */
export interface RefreshWanted {
  readonly bot: string;
  readonly refresh: true;
}

/**
 * Decides whether a bucket may have a permit *now*. This is the part of the queue that all replicas share. An instance
 * belongs to one replica, whose heads it remembers.
 *
 * Every operation is atomic. A rejection means that the operation failed, and the caller cannot know whether it took
 * effect. Each operation may then be repeated with the same arguments.
 *
 * Times are durations from now. A bucket opens no earlier than one interval and margin after the moment since which the
 * store can tell that no permit is missing: its first opening, the bot's first report, or the loss of data.
 */
export interface IdentifyLimiter {
  /**
   * Gives each entry a rank, in the order given. The ranks outlive this process: if it died now, they would be places.
   *
   * - An entry whose shard has a place takes it: it gets the rank of that place, with its own priority. Of several places
   *   it takes the one that joined first, whatever their priorities.
   * - An entry that holds a rank keeps it, unless its shard has a place that goes before it. Then the entry takes that
   *   place, and its old rank is gone.
   * - An entry that says it had a rank, and holds none, lost it. It gets a new rank that is as old, unless its shard has a
   *   place that goes before the new rank: then it takes that place. When a permit was granted by the lost rank and not
   *   released, that rank counts no more. Of several ranks that are as old as each other, the one that was given first
   *   goes first.
   * - Any other entry goes behind all that entered before.
   */
  enter(entries: readonly Entry[]): Promise<Rank[]>;

  /**
   * These waiters left without a permit. The rank that each of them holds is kept as its shard's place for the place TTL.
   * A waiter that holds no rank changes nothing, with one exception: when data was lost after its rank was given, the
   * rank that it says it had becomes its shard's place.
   *
   * Of more places than a bot may have, those go that were left longest ago. Of places that were left at once, those go
   * that joined last.
   */
  leave(entries: readonly Leaver[]): Promise<void>;

  /** These waiters need their ranks no more, and no place of them is kept. A waiter that holds none changes nothing. */
  forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void>;

  /**
   * A permit for the head of a line, or why there is none now. The checks run in the order in which
   * {@link Denial.reason} lists them. With the permit the bucket closes, the budget drops by one, the rank is used up,
   * and this replica has no head in the bucket until its next attempt.
   *
   * The bucket opens again after the interval and the margin. With `confirm` it opens one interval after {@link confirm};
   * without a confirm it opens one interval and the margin after the time for it is over.
   *
   * The rank is on record as this replica's head after each denial but `limits-changed` and `rank-not-held`, also while
   * the limits are unknown. A `crash-loop` denial concerns its shard alone: it leaves this replica without a head in the
   * bucket. When `maxConcurrency` changes, and with the first report, all heads are forgotten, since buckets have new
   * numbers. If several replicas had heads, no bucket opens until each of them can have reported its new ones.
   */
  tryAcquire(attempt: Attempt): Promise<Permit | Denial>;

  /** This replica's line of the bucket is empty, so its head holds up no other replica any more. */
  withdrawHead(bot: string, bucket: number): Promise<void>;

  /**
   * Discord has accepted the IDENTIFY of this permit. The first confirm moves the bucket's opening, while the permit
   * still keeps its bucket closed. When the confirm comes so late that the budget has settled the permit with the window
   * before, the budget drops by one.
   *
   * @returns (as a promise) false when the permit is unknown, as each is from an hour after its use; when it was released;
   * or when it no longer keeps its bucket closed, because the bucket has opened since or `maxConcurrency` changed
   */
  confirm(bot: string, permitId: string): Promise<boolean>;

  /**
   * The permit was not used, and never will be. The bucket opens as if the permit had not been granted, unless a later
   * permit closed it or `maxConcurrency` changed since. The budget has the start back if it was taken off what remains
   * now. The rank that the permit used up becomes its shard's place. A permit that was released before changes nothing.
   *
   * @returns (as a promise) false when the permit is unknown, as each is from an hour after the end of its time, or was
   * confirmed; nothing has changed then
   */
  release(bot: string, permitId: string): Promise<boolean>;

  /**
   * Calls `listener` with each change that is announced. A change is a hint: it may come late, twice or not at all.
   *
   * @returns stops the calls
   */
  onChange(listener: (change: Change) => void): () => void;
}
