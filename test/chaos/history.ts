/*
 * What happened in a run, as those saw it who took part. The checker is given nothing else.
 * All times are ms on the monotonic line of this machine.
 */

/** How a request ended, as its client saw it. */
export type Outcome =
  | 'permit'
  /** 429: it waited for as long as it wanted to. */
  | 'not-yet'
  /** 503: the replica is shutting down. */
  | 'draining'
  /** The connection ended without an answer, or could not be made. */
  | 'closed'
  /** The client hung up. */
  | 'left'
  /** An answer that nobody should ever get. */
  | 'wrong';

/** One request for a permit. */
export interface Ask {
  readonly number: number;
  readonly bot: string;
  /** Null when it names no shard. */
  readonly shard: number | null;
  readonly replica: number;
  readonly path: '/' | '/v1';
  readonly confirm: boolean;
  readonly priority: 'normal' | 'high';
  readonly askedAt: number;
  /** Infinity while it is held. */
  endedAt: number;
  outcome: Outcome | 'held';
  /** What was wrong, of a wrong answer. */
  detail?: string;
  /** How long before {@link endedAt} the end may have reached this process, which did not look for so long. */
  doubtMs: number;
  /** Of a permit of `/v1`. */
  permit?: { readonly id: string; readonly bucket: number };
  /** When the IDENTIFY was sent, if it was. */
  identifiedAt?: number;
  /** When READY was there, and the answer to the confirmation was 204. */
  confirmed?: { readonly readyAt: number; readonly at: number };
  /** The client said that it would not use the permit. */
  released?: boolean;
}

/** A shard that wants to identify: it asks, at one replica or another, until it may. */
export interface Stay {
  readonly bot: string;
  readonly shard: number | null;
  readonly from: number;
  /** When it had its permit; Infinity until then. */
  to: number;
}

/** A permit by the store's own record. */
export interface StoredPermit {
  readonly id: string;
  readonly bot: string;
  readonly shard: number | null;
  readonly bucket: number;
  /** When it was given, as near as can be told on the line of everything else here. */
  readonly givenAt: number;
  /** On the store's own clock, exactly; ms. */
  readonly onStore: {
    readonly given: number;
    /** Until when its confirmation is awaited; undefined of one that nobody will confirm. */
    readonly confirmBy: number | undefined;
    readonly confirmed: number | undefined;
  };
  readonly back: boolean;
  /** It was on record, and is no more. */
  readonly lost: boolean;
}

/** From here on the store has these buckets. */
export interface Buckets {
  readonly bot: string;
  readonly at: number;
  /** The same moment on the store's clock; ms. */
  readonly onStore: number;
  readonly maxConcurrency: number;
}

/** Something could not work as it does on a good day. */
export interface Trouble {
  readonly kind: string;
  /** Null when it concerns all of them, as when Redis is away. */
  readonly replica: number | null;
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
}

/** A pause: from the answer to the order until the order to lift it. */
export interface PauseSpan {
  readonly bot: string;
  /** Null for the whole bot. */
  readonly bucket: number | null;
  /** When it was ordered. */
  readonly from: number;
  readonly answeredAt: number;
  /** When it was ordered to end; Infinity until then. */
  liftedAt: number;
  /** When that was answered. */
  liftAnsweredAt: number;
}

/** An IDENTIFY as Discord counts it. */
export interface Start {
  readonly bot: string;
  readonly ask: number;
  readonly at: number;
  /** What is left of the session starts after it. */
  readonly remaining: number;
}

/** How a process ended that was not killed. */
export interface Ending {
  readonly replica: number;
  /** Null when it ended although nobody had told it to. */
  readonly toldAt: number | null;
  readonly endedAt: number;
  readonly code: number | null;
  /** The end of what it wrote. */
  readonly said: string;
}

/** What the service was told to go by. */
export interface Rules {
  readonly intervalMs: number;
  readonly marginMs: number;
  readonly confirmTimeoutMs: number;
  readonly placeTtlMs: number;
  readonly shutdownTimeoutMs: number;
  readonly reserveOf: Readonly<Record<string, number>>;
}

/** A whole run. */
export interface History {
  readonly rules: Rules;
  readonly asks: readonly Ask[];
  readonly stays: readonly Stay[];
  /** In the order in which they were given. */
  readonly permits: readonly StoredPermit[];
  readonly buckets: readonly Buckets[];
  readonly troubles: readonly Trouble[];
  readonly pauses: readonly PauseSpan[];
  readonly starts: readonly Start[];
  readonly endings: readonly Ending[];
  /** When the store lost what was written last. */
  readonly lossesAt: readonly number[];
  /** When the last fault was over; every request that was held then has to be served. */
  readonly calmFrom: number;
}
