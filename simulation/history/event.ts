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

/** The kinds of fault that a history records and a summary counts. */
export type FaultKind =
  | 'request dropped'
  | 'reply dropped'
  | 'request doubled'
  | 'message overtaken'
  | 'message late'
  | 'announcement dropped'
  | 'announcement doubled'
  | 'replica killed'
  | 'all replicas killed'
  | 'replica suspended'
  | 'store away'
  | 'store slow'
  | 'store emptied'
  | 'store lost writes'
  | 'limits changed'
  | 'limits report late'
  | 'starts spent elsewhere'
  | 'client vanished';

/** At the store, in the order in which the store decided. `replica` is the caller. */
type StoreEvent =
  | { kind: 'entered'; replica: string; entry: Entry; rank: Rank }
  | { kind: 'left' | 'forgotten'; replica: string; bot: string; entry: string }
  | { kind: 'answered'; replica: string; attempt: Attempt; answer: Permit | Denial }
  | { kind: 'withdrew'; replica: string; bot: string; bucket: number }
  | { kind: 'confirmed' | 'released'; replica: string; permit: string; done: boolean }
  /** The margin that is in force from now on, before any of it comes back. */
  | { kind: 'margin'; bot: string; ms: number }
  | { kind: 'reported'; bot: string; report: LimitsReport; limits: Limits }
  /** At the end: the ranks and heads that living replicas still hold. */
  | { kind: 'left behind'; what: string[] }
  /** All that the store wrote after `since` is gone. */
  | { kind: 'data lost'; since: number };

/** At a replica. A request has the name of the entry that the queue makes of it. */
type ReplicaEvent =
  | { kind: 'held'; request: string; bot: string; shard: number | null; confirm: boolean }
  | { kind: 'hang-up noticed'; request: string }
  | { kind: 'ended'; request: string; with: string }
  | { kind: 'undeliverable'; request: string; permit: string }
  | { kind: 'started' | 'killed' | 'suspended' | 'resumed'; replica: string };

/** At a shard, and at Discord. */
type ShardEvent =
  | { kind: 'asked'; bot: string; shard: number; request: string }
  | { kind: 'received'; request: string; permit: string }
  | { kind: 'answer lost'; request: string; permit: string }
  | { kind: 'sent identify'; bot: string; shard: number | null; permit: string }
  | {
      kind: 'identify counted';
      bot: string;
      permit: string;
      remaining: number;
      windowSince: number;
    }
  | { kind: 'starts spent elsewhere'; bot: string; count: number };

type OperatorEvent =
  | { kind: 'pause answered'; scope: PauseScope; order: string; endsAt: number | null }
  | { kind: 'resume asked'; scope: PauseScope };

export type EventDetails =
  | StoreEvent
  | ReplicaEvent
  | ShardEvent
  | OperatorEvent
  /** `of` is the replica, bot or route that the fault concerns. */
  | { kind: 'fault'; fault: FaultKind; until: number; of?: string }
  | { kind: 'phase'; phase: 'faults end' | 'end' };

/** What happened, and when, in ms since the simulation began. */
export type Event = EventDetails & { readonly at: number };

export type EventOf<K extends Event['kind']> = Extract<Event, { kind: K }>;
