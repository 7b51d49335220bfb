import type {
  Attempt,
  Denial,
  Entry,
  Limits,
  LimitsReport,
  PauseScope,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';

/** What can go wrong, as it is counted. */
export type TroubleKind =
  | 'request dropped'
  | 'reply dropped'
  | 'request doubled'
  | 'overtaken'
  | 'late message'
  | 'announcement dropped'
  | 'announcement doubled'
  | 'replica killed'
  | 'all replicas killed'
  | 'replica paused'
  | 'store away'
  | 'store slow'
  | 'store emptied'
  | 'store lost writes'
  | 'limits changed'
  | 'late report'
  | 'starts spent elsewhere'
  | 'client vanished';

/** At the store, in the order in which it decided. `replica` is who asked. */
type AtTheStore =
  | { kind: 'entered'; replica: string; entry: Entry; rank: Rank }
  | { kind: 'left' | 'forgotten'; replica: string; bot: string; entry: string }
  | { kind: 'answered'; replica: string; attempt: Attempt; answer: Permit | Denial }
  | { kind: 'withdrew'; replica: string; bot: string; bucket: number }
  | { kind: 'confirmed' | 'released'; replica: string; permit: string; done: boolean }
  | { kind: 'reported'; bot: string; report: LimitsReport; limits: Limits }
  /** Ranks and heads that replicas hold which live. */
  | { kind: 'remains'; what: string[] }
  /** Everything written after `since` is gone. */
  | { kind: 'lost data'; since: number };

/** At a replica; a request is named like the entry that the queue makes of it. */
type AtAReplica =
  | { kind: 'held'; request: string; bot: string; shard: number | null; confirm: boolean }
  | { kind: 'let go'; request: string }
  | { kind: 'ended'; request: string; with: string }
  | { kind: 'undeliverable'; request: string; permit: string }
  | { kind: 'started' | 'killed' | 'paused process' | 'continued process'; replica: string };

/** At the clients, and at Discord. */
type AtTheShards =
  | { kind: 'asked'; bot: string; shard: number; request: string }
  | { kind: 'received'; request: string; permit: string }
  | { kind: 'answer lost'; request: string; permit: string }
  | { kind: 'sent identify'; bot: string; shard: number | null; permit: string }
  | { kind: 'counted'; bot: string; permit: string; remaining: number; windowSince: number }
  | { kind: 'spent elsewhere'; bot: string; count: number };

type AtTheOperators =
  | { kind: 'pause answered'; scope: PauseScope; order: string; endsAt: number | null }
  | { kind: 'resume asked'; scope: PauseScope };

export type Happening =
  | AtTheStore
  | AtAReplica
  | AtTheShards
  | AtTheOperators
  | { kind: 'trouble'; what: TroubleKind; until: number; whom?: string }
  | { kind: 'phase'; phase: 'trouble is over' | 'end' };

/** A happening, and when it was, in ms since the simulation began. */
export type Event = Happening & { readonly at: number };

export type EventOf<K extends Event['kind']> = Extract<Event, { kind: K }>;
