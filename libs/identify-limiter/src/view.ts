import type { Rank } from './rank.ts';

/** A request that waits, at whichever replica. */
export interface WaiterView {
  /** The entry's id. */
  readonly id: string;
  readonly shard: number | null;
  readonly rank: Rank;
  /** Ms since its shard joined the line: with a place that was taken back, since before this request came. */
  readonly waitingMs: number;
  readonly replica: string;
}

/**
 * What became of a permit: nobody is going to say (`granted`), it is still to be said (`pending`), Discord has
 * accepted the IDENTIFY (`confirmed`), nobody said so in time (`expired`), there was none (`released`). Who confirms after
 * the deadline still makes `confirmed` of `expired`, for as long as the permit keeps its bucket closed: one interval more.
 */
export type PermitStatus = 'granted' | 'pending' | 'confirmed' | 'expired' | 'released';

/** A permit that was given. */
export interface PermitView {
  readonly id: string;
  readonly shard: number | null;
  readonly bucket: number;
  /** Ms since it was given. */
  readonly ageMs: number;
  readonly status: PermitStatus;
}

/** A replica that lives. */
export interface ReplicaView {
  readonly replica: string;
  /** Ms since it was last heard of. */
  readonly heardMsAgo: number;
}

/** What operators look at: the state of all replicas, whichever is asked. */
export interface LimiterView {
  /** All who wait for the bot, in rank order, whichever bucket they are in. */
  waiters(bot: string): Promise<WaiterView[]>;

  /** The permits given last, latest first. They are remembered for an hour. */
  recentPermits(bot: string, atMost: number): Promise<PermitView[]>;

  /** For each bucket in how many ms it opens, 0 when it is open; none while the limits are unknown. */
  openings(bot: string): Promise<number[]>;

  /** The replicas that have to do with the bot. */
  replicas(bot: string): Promise<ReplicaView[]>;
}
