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
  /** The rank that it had already as far as the caller knows: so the limiter can have lost it, with its data for instance. */
  readonly rank?: Rank;
}

/** A request that leaves its line. */
export type Leaver = Omit<Entry, 'priority'>;

/** What changed that those who wait have to know of, or may gain by. */
export type Change = Opportunity | PlaceLeft | EntriesLost | Eviction | RefreshWanted;

/** A head may go now that could not before. */
export interface Opportunity {
  readonly bot: string;
  /** Null when it concerns every bucket of the bot. */
  readonly bucket: number | null;
}

/** There is a place for this shard now, of which another request waits already: entering again, that may take it. */
export interface PlaceLeft {
  readonly bot: string;
  readonly placeOf: number;
}

/**
 * What this replica entered is not on record any more, or not as its own: it had not been heard of for so long that it was
 * taken for dead, or data was lost. Whoever waits still has to enter again, with the rank that it had.
 */
export interface EntriesLost {
  readonly bot: string;
  readonly entriesLost: true;
}

/** Whichever replica holds this entry's request has to end it, with no place kept. */
export interface Eviction {
  readonly bot: string;
  readonly evicted: string;
}

/** An operator wants the bot's limits refreshed, by the replica that leads. */
export interface RefreshWanted {
  readonly bot: string;
  readonly refresh: true;
}

/**
 * Decides whether a bucket may have a permit *now*: the part of the queue that all replicas share.
 * One instance belongs to one replica, whose heads it remembers.
 *
 * Every operation is atomic. A rejection means that something failed and that the caller cannot know
 * whether the operation took effect; each may then be repeated with the same arguments.
 * Times cross this border as durations from now.
 */
export interface IdentifyLimiter {
  /**
   * Gives each entry a rank, in the order given. An entry whose shard has a place takes it, which is that
   * place's rank with the entry's own priority (the first in line if there are several); any other goes behind
   * all that entered before. The ranks outlive this process: were it to die now, they would be places.
   *
   * An entry that has entered already keeps its rank, unless its shard has a place that goes before it:
   * then it takes that one, and its old rank is gone. One that is not on record any more, and whose shard has no place,
   * gets a rank as old as the one that it says it had, unless its shard was served by that meanwhile. Of several as old
   * as each other, whoever comes first goes first.
   */
  enter(entries: readonly Entry[]): Promise<Rank[]>;

  /**
   * These waiters left without a permit: the rank that each holds is kept as its shard's place, for the place
   * TTL. One that holds none changes nothing, unless data was lost since its rank was given: then what it says it had
   * is its shard's place.
   */
  leave(entries: readonly Leaver[]): Promise<void>;

  /** These waiters need their ranks no more, and no place of them is kept. One that holds none changes nothing. */
  forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void>;

  /**
   * A permit for the head of a line, or why not. The checks run in the order in which
   * {@link Denial.reason} lists them. With the permit the bucket closes, the budget drops by one, the
   * rank is used up, and this replica has no head in the bucket until its next attempt.
   *
   * The bucket opens again after the interval and the margin. With `confirm` it opens a plain interval
   * after {@link confirm}, and without that only when the time for it is over, and interval and margin more.
   *
   * A `crash-loop` denial concerns its shard alone: it leaves this replica without a head in the bucket.
   */
  tryAcquire(attempt: Attempt): Promise<Permit | Denial>;

  /** This replica's line of the bucket is empty: nobody waits behind its head any more. */
  withdrawHead(bot: string, bucket: number): Promise<void>;

  /**
   * Discord has accepted the IDENTIFY of this permit. The first time, and only while the permit still keeps
   * its bucket closed, this moves the bucket's opening. When it comes so late that the budget has settled the permit
   * with the window before, the budget drops by one.
   *
   * @returns (as a promise) false when the permit is unknown, as each is from an hour after its use, was released, or
   * no longer keeps its bucket closed: because that has opened since, or `maxConcurrency` changed
   */
  confirm(bot: string, permitId: string): Promise<boolean>;

  /**
   * The permit was not used, and never will be. The bucket opens as if it had not been given, unless a
   * later permit closed it or `maxConcurrency` changed since. The budget has it back if it was taken off
   * what remains now. The rank it used up becomes its shard's place.
   * One that was released before changes nothing.
   *
   * @returns (as a promise) false when the permit is unknown, as each is from an hour after the end of its time, or was
   * confirmed; nothing has changed then
   */
  release(bot: string, permitId: string): Promise<boolean>;

  /**
   * Calls `listener` whenever a denial or a rank may have become outdated. A hint: it may come late, twice or not at all.
   *
   * @returns stops the calls
   */
  onChange(listener: (change: Change) => void): () => void;
}
