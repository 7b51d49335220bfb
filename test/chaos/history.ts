/*
 * What happened in a run, as clients, store, Discord and operator saw it. The checker gets nothing else.
 * All moments are ms on the monotonic clock of this machine.
 */

/** How a request ended, as its client saw it. */
export type Outcome =
  | 'permit'
  /** 429: the time that the client wanted to wait is over. */
  | 'not-yet'
  /** 503: the replica is shutting down. */
  | 'draining'
  /** The connection was closed without an answer, or could not be opened. */
  | 'closed'
  /** The client hung up. */
  | 'left'
  /** An answer that the service must never give. */
  | 'wrong';

/** One request for a permit. */
export interface PermitRequest {
  readonly number: number;
  readonly bot: string;
  /** Null when the request names no shard. */
  readonly shard: number | null;
  readonly replica: number;
  readonly path: '/' | '/v1';
  readonly confirm: boolean;
  readonly priority: 'normal' | 'high';
  readonly askedAt: number;
  /** Infinity while the request is held. */
  endedAt: number;
  outcome: Outcome | 'held';
  /** What was wrong with a wrong answer. */
  detail?: string;
  /** How long before {@link endedAt} the end may have reached this process, while the process did not run. */
  uncertaintyMs: number;
  /** What the answer on `/v1` says of the permit. */
  permit?: { readonly id: string; readonly bucket: number };
  /** When the IDENTIFY was sent, if it was. */
  identifiedAt?: number;
  /** When READY came, and when the answer 204 to the confirm came. */
  confirmed?: { readonly readyAt: number; readonly at: number };
  /** Whether the client released the permit. */
  released?: boolean;
}

/** A shard's wait for one permit, over all of its requests. */
export interface ShardWait {
  readonly bot: string;
  readonly shard: number | null;
  readonly from: number;
  /** When the shard had its permit; Infinity until then. */
  to: number;
}

/** A permit, by the store's own record. */
export interface StoredPermit {
  readonly id: string;
  readonly bot: string;
  readonly shard: number | null;
  readonly bucket: number;
  /** When the store gave it, converted to this machine's clock as exactly as possible. */
  readonly givenAt: number;
  /** Exact moments on the store's own clock, ms. */
  readonly onStoreClock: {
    readonly given: number;
    /** Until when the confirm is pending; undefined when the permit is not to be confirmed. */
    readonly confirmBy: number | undefined;
    readonly confirmed: number | undefined;
  };
  readonly released: boolean;
  /** Whether the store had the permit on record, and does not any more. */
  readonly lost: boolean;
}

/** The buckets that the store has from this moment on. */
export interface Buckets {
  readonly bot: string;
  readonly at: number;
  /** The same moment on the store's clock, ms. */
  readonly onStoreClock: number;
  readonly maxConcurrency: number;
}

/** A fault, from its beginning to its end. */
export interface FaultSpan {
  readonly kind: string;
  /** Null when the fault concerns all replicas, as when Redis is away. */
  readonly replica: number | null;
  readonly from: number;
  /** Infinity while the fault lasts. */
  to: number;
}

/** A pause. It holds from `answeredAt` to `liftedAt`. */
export interface PauseSpan {
  readonly bot: string;
  /** Null for the whole bot. */
  readonly bucket: number | null;
  /** When the operator ordered it. */
  readonly from: number;
  readonly answeredAt: number;
  /** When the operator ordered to lift it; Infinity until then. */
  liftedAt: number;
  /** When that order was answered. */
  liftAnsweredAt: number;
}

/** An IDENTIFY, as Discord counts it. */
export interface Start {
  readonly bot: string;
  readonly request: number;
  readonly at: number;
  /** The session starts that are left after it. */
  readonly remaining: number;
}

/** How a process of the service exited that was not killed. */
export interface ProcessExit {
  readonly replica: number;
  /** When it got SIGTERM; null when it exited without one. */
  readonly signalledAt: number | null;
  readonly endedAt: number;
  readonly code: number | null;
  /** The end of its output. */
  readonly output: string;
}

/** The settings of the service that the checks need. */
export interface Rules {
  readonly intervalMs: number;
  readonly marginMs: number;
  readonly confirmTimeoutMs: number;
  readonly placeTtlMs: number;
  readonly shutdownTimeoutMs: number;
  readonly reserveOf: Readonly<Record<string, number>>;
}

/** All that happened in a run. */
export interface History {
  readonly rules: Rules;
  readonly requests: readonly PermitRequest[];
  readonly shardWaits: readonly ShardWait[];
  /** In the order in which the store gave them. */
  readonly permits: readonly StoredPermit[];
  readonly buckets: readonly Buckets[];
  readonly faults: readonly FaultSpan[];
  readonly pauses: readonly PauseSpan[];
  readonly starts: readonly Start[];
  readonly exits: readonly ProcessExit[];
  /** When the store lost its last writes, or all data. */
  readonly lossesAt: readonly number[];
  /** When the last fault was over. Every shard that waited then has to be served. */
  readonly faultsOverAt: number;
}
