import type {
  Clock,
  IdentifyLimiter,
  LimiterControl,
  LimiterRules,
  LimiterView,
} from '@gateway-queue/identify-limiter';
import type { OperatorRecords } from './operator-records.ts';

/** All that a replica asks of a limiter: permits for the queue, views and control for operators. */
export type Limiter = IdentifyLimiter & LimiterControl & LimiterView;

/** What every store is opened with. A store has options of its own beside them: where it keeps its data, for instance. */
export interface StoreOptions {
  readonly clock: Clock;
  readonly rules: LimiterRules;
  /** How long in ms a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
  /** Names this replica. No two replicas may have the same name, nor may a replica that is started again. */
  readonly replica: string;
}

/** An opened store: one replica's limiter and records, which it shares with all replicas that opened the same store. */
export interface Store {
  /** Whether other replicas can use the same store, so that one of them has to lead. */
  readonly isShared: boolean;
  readonly limiter: Limiter;
  readonly records: OperatorRecords;

  /** To be called once nothing is asked of limiter and records any more. Settles within a few seconds. */
  close(): Promise<void>;
}
