import { DEAD_AFTER_MS } from '../constants.ts';
import type { Change } from '../limiter.ts';
import type { StepContext } from './context.ts';
import { placeLeft, surplusDropped } from './places.ts';
import type { HeldRank } from './state.ts';
import type { Outcome, ReplicaWrite, Write } from './write.ts';

/*
 * The steps of a store whose replicas can die one by one. A store whose replicas live and die together needs none of
 * them.
 */

/** What {@link hearReplica} needs to know. */
export interface ReplicasSlice {
  /** When any replica last wrote something about the bot. */
  readonly writtenAt: number;
  /** When each replica that counts as alive was last heard of. */
  readonly heardAt: ReadonlyMap<string, number>;
}

/** A replica that was silent for too long. */
export interface DeadReplica {
  readonly replica: string;
  /** When it counts as dead: since then its waiters are places. */
  readonly diedAt: number;
}

/**
 * The replica that asks lives. A store runs this before every step that writes.
 *
 * When no replica wrote for half the time after which one is dead, the store was away and not the replicas, since each
 * writes several times as often. Then all of them count as heard of now.
 *
 * @returns the replicas that are dead, each of which the store reaps with {@link reap}
 */
export function hearReplica(
  bot: string,
  { heardAt, writtenAt }: ReplicasSlice,
  { now, replica }: StepContext,
): Outcome<DeadReplica[], ReplicaWrite> {
  const wasAway = now - writtenAt > DEAD_AFTER_MS / 2;
  const heard = wasAway ? new Set([...heardAt.keys(), replica]) : [replica];
  const dead = wasAway
    ? []
    : Array.from(heardAt)
        .filter(([other, at]) => other !== replica && at < now - DEAD_AFTER_MS)
        .map(([other, at]) => ({ replica: other, diedAt: at + DEAD_AFTER_MS }));
  return {
    answer: dead,
    writes: Array.from(heard, (other) => ({
      kind: 'hear-replica',
      bot,
      replica: other,
      at: now,
    })),
    changes: [],
  };
}

/** What {@link reap} needs to know. */
export interface ReapSlice {
  /** What the dead replica's entries hold. */
  readonly held: readonly HeldRank[];
  /** The shards for which entries of other replicas wait. */
  readonly waitingShards: ReadonlySet<number | null>;
  /** How many places of the bot are kept. */
  readonly places: number;
}

/** A dead replica's waiters become places, and its heads hold up no other replica any more. */
export function reap(
  bot: string,
  { replica, diedAt }: DeadReplica,
  { held, places, waitingShards }: ReapSlice,
  { rules }: StepContext,
): Outcome<void, Write | ReplicaWrite> {
  const shards = new Set(held.map(({ shard }) => shard));
  const placesLeft: Change[] = Array.from(shards).flatMap((shard) =>
    placeLeft({ bot, shard }, waitingShards.has(shard)),
  );
  return {
    answer: undefined,
    writes: [
      { kind: 'forget-replica', bot, replica },
      ...held.map((rank): Write => ({ kind: 'leave-place', held: rank, leftAt: diedAt })),
      ...surplusDropped(bot, places + held.length, rules),
    ],
    changes: [...placesLeft, { bot, bucket: null }],
  };
}

/** What {@link heartbeat} needs to know, after {@link hearReplica}. */
export interface HeartbeatSlice {
  /** The replica that asks Discord for the bot's limits; undefined when it is dead or none does. */
  readonly leader: string | undefined;
  /** Since when what the replica enters is on record; undefined when it is not. */
  readonly onRecordSince: number | undefined;
}

/** What a heartbeat tells its replica. */
export interface Heartbeat {
  /** Whether the replica is the one that asks Discord for the bot's limits. */
  readonly leads: boolean;
  /** Since when what the replica enters is on record. When this moves, the replica has to enter all its waiters again. */
  readonly onRecordSince: number;
}

/** The replica reports that it lives, and learns what it has to do. */
export function heartbeat(
  bot: string,
  { leader, onRecordSince }: HeartbeatSlice,
  { now, replica }: StepContext,
): Outcome<Heartbeat, ReplicaWrite> {
  const writes: ReplicaWrite[] = [];
  if (leader === undefined) writes.push({ kind: 'set-leader', bot, replica });
  if (onRecordSince === undefined) {
    writes.push({ kind: 'put-on-record', bot, replica, since: now });
  }
  return {
    answer: {
      leads: leader === undefined || leader === replica,
      onRecordSince: onRecordSince ?? now,
    },
    writes,
    changes: [],
  };
}
