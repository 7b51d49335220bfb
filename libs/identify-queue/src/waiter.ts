import type { DenialReason, Entry, Permit, Rank } from '@gateway-queue/identify-limiter';

/** A permit as its waiter gets it. */
export interface GivenPermit extends Permit {
  /** Ms from the request to the permit. */
  readonly waitedMs: number;
}

/** A request that is held. */
export interface Waiter {
  readonly entry: Entry;
  /** Whether its permit will be confirmed. */
  readonly confirm: boolean;
  /** When it came, on the queue's clock. */
  readonly since: number;
  /** The same on the wall clock, in ms since the Unix epoch. */
  readonly cameAt: number;
  /** True while it waits at the door: until it has entered, the limiter is not asked for its permit. */
  entering: boolean;
  /** How often the limiter is being asked for its permit: until it has answered, the waiter does not enter anew. */
  asked: number;
  /** How often the limiter is being asked for its rank: until that is known, it is not asked for its permit. */
  rankAsked: number;
  /** True once the limiter may know of it. */
  presented: boolean;
  /** True once it has its permit, or has left: nothing more is due to it. */
  done: boolean;
  /** True once no place is to be kept of it: it has its permit, or was sent away. */
  needsNoPlace: boolean;
  readonly resolve: (permit: GivenPermit) => void;
  readonly reject: (reason: Error) => void;
}

/** What the limiter said when it last denied a permit. */
export interface LastDenial {
  readonly reason: DenialReason;
  /** When that ends by itself, on the queue's clock; null when it does not. */
  readonly until: number | null;
}

/** A waiter that stands in a line. */
export interface RankedWaiter extends Waiter {
  rank: Rank;
  /** Why it in particular may not go, when it was last its turn. */
  denial?: LastDenial;
}

export function isRanked(waiter: Waiter): waiter is RankedWaiter {
  return 'rank' in waiter;
}

/** Whether the limiter is about to say which rank the waiter holds: until then it is not asked for its permit. */
export function isOnItsWay({ entering, rankAsked }: Waiter): boolean {
  return entering || rankAsked > 0;
}
