import type {
  BotState,
  BucketClosing,
  HeldRank,
  PauseState,
  PermitState,
  Place,
  Rank,
} from '@gateway-queue/identify-limiter';

/** All that a {@link MemoryStore} keeps of one bot. Plain data, so that it can be copied. */
export interface BotData {
  state: BotState | undefined;
  /** Since when nothing is missing, and the server that vouches for it. */
  knownSince: number;
  server: number;
  lastTicket: number;
  buckets: Map<number, BucketClosing>;
  permits: Map<string, PermitState>;
  /** What each entry holds, by its id. */
  held: Map<string, HeldRank>;
  places: Place[];
  /** By bucket; null for the whole bot. */
  pauses: Map<number | null, PauseState>;
  /** By bucket, then by replica. */
  heads: Map<number, Map<string, Rank>>;
  /** When any replica last wrote something. */
  writtenAt: number;
  /** When each replica was last heard of. */
  heardAt: Map<string, number>;
  /** Since when what each replica enters is on record. */
  onRecord: Map<string, number>;
  /** The replica that asks Discord for the limits; it may be dead. */
  leader: string | undefined;
}

/** A bot of which nothing was written yet. */
export function newBot(server: number, now: number): BotData {
  return {
    state: undefined,
    knownSince: -Infinity,
    server,
    lastTicket: 0,
    buckets: new Map(),
    permits: new Map(),
    held: new Map(),
    places: [],
    pauses: new Map(),
    heads: new Map(),
    writtenAt: now,
    heardAt: new Map(),
    onRecord: new Map(),
    leader: undefined,
  };
}
