import type {
  Budget,
  Closing,
  LimitsSource,
  PauseOrder,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';

/** Limits as they were last reported. */
export interface ReportedLimits {
  version: number;
  maxConcurrency: number;
  source: LimitsSource;
  reportedAt: number;
  countedByDiscord: boolean;
  budget: Budget;
}

/** What an entry holds. */
export interface Held {
  rank: Rank;
  shard: number | null;
  replica: string;
}

export interface Place {
  rank: Rank;
  shard: number | null;
  leftAt: number;
}

/** A permit on record. */
export interface PermitRecord {
  permit: Permit;
  givenAt: number;
  /** Null when nobody is going to confirm it. */
  confirmBy: number | null;
  /** The end of the time in which it may be used. */
  usedBy: number;
  confirmed: boolean;
  released: boolean;
  /** How its bucket had been closed before. */
  before: Closing | undefined;
  rank: Rank;
}

/** All that the store knows of one bot. Plain data, so that a copy of it is what another server took over. */
export interface BotData {
  limits: ReportedLimits | undefined;
  /** How the last bucket to open was closed when `maxConcurrency` changed. */
  formerly: Closing | undefined;
  /** When all replicas will have told their heads of today's buckets. */
  settledAt: number;
  /** Since when nothing can be missing, and the server that vouches for it. */
  knownSince: number;
  server: number;
  lastTicket: number;
  buckets: Map<number, { closing: Closing | undefined; permit: string | null }>;
  permits: Map<string, PermitRecord>;
  /** By the entry's id. */
  entries: Map<string, Held>;
  places: Place[];
  /** When anybody at all last asked for something of the bot. */
  seenAt: number;
  /** When each replica was last heard of. */
  replicas: Map<string, number>;
  /** Since when what each replica enters is on record. */
  onRecord: Map<string, number>;
  /** By bucket, then by replica. */
  heads: Map<number, Map<string, Rank>>;
  /** By bucket; null for the whole bot. */
  pauses: Map<number | null, { order: PauseOrder; since: number; until: number | null }>;
  leader: string | undefined;
}

export function newBot(server: number, now: number): BotData {
  return {
    limits: undefined,
    formerly: undefined,
    settledAt: -Infinity,
    knownSince: -Infinity,
    server,
    lastTicket: 0,
    buckets: new Map(),
    permits: new Map(),
    entries: new Map(),
    places: [],
    seenAt: now,
    replicas: new Map(),
    onRecord: new Map(),
    heads: new Map(),
    pauses: new Map(),
    leader: undefined,
  };
}
