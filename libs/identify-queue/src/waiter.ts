import type { DenialReason, Entry, Permit, Rank } from '@gateway-queue/identify-limiter';

/** A permit as its waiter gets it. */
export interface GivenPermit extends Permit {
  /** Ms from the request to the permit. */
  readonly waitedMs: number;
}

/** What the limiter said when it last denied a permit. */
export interface LastDenial {
  readonly reason: DenialReason;
  /** When that ends by itself, on the queue's clock; null when it does not. */
  readonly until: number | null;
}

/**
 * How a wait ended:
 *
 * - `served`: with a permit
 * - `left`: the caller hung up, or had waited for as long as it wanted to; the shard's place is kept
 * - `evicted`: by an operator; no place is kept
 */
export type WaitEnd = 'served' | 'left' | 'evicted';

/** The limiter has not given the waiter a rank yet. */
export interface Joining {
  readonly kind: 'joining';
  /** When the request came, in ms since the Unix epoch on this replica's wall clock. */
  readonly since: number;
}

/** The waiter stands in its bucket's line. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly rank: Rank;
}

/** The shard's throttling holds the waiter back. It is beside its bucket's line, so that others pass it. */
export interface Throttled {
  readonly kind: 'throttled';
  readonly rank: Rank;
  readonly denial: LastDenial;
  /** Cancels the timer that puts the waiter back into its line. */
  readonly cancelReturn: () => void;
}

/** The wait is over: nothing more is due to the waiter. */
export interface Done {
  readonly kind: 'done';
  readonly end: WaitEnd;
  /** The rank that the waiter had at the end; null when it had none yet. */
  readonly rank: Rank | null;
}

export type WaiterState = Joining | Waiting | Throttled | Done;

/** A request that is held. */
export interface Waiter {
  readonly entry: Entry;
  /** Whether its permit will be confirmed. */
  readonly confirm: boolean;
  /** When the request came, on the queue's clock. */
  readonly since: number;
  /** Changed by `Waiters` alone, which puts another object here each time. */
  readonly state: WaiterState;
  readonly resolve: (permit: GivenPermit) => void;
  readonly reject: (reason: Error) => void;
}

/** A waiter that has a rank. */
export interface RankedWaiter extends Waiter {
  readonly state: Waiting | Throttled;
}

export function isRanked(waiter: Waiter): waiter is RankedWaiter {
  const { kind } = waiter.state;
  return kind === 'waiting' || kind === 'throttled';
}
