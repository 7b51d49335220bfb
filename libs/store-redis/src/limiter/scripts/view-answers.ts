import {
  compareRanks,
  type PermitView,
  type ReplicaView,
  type WaiterView,
} from '@gateway-queue/identify-limiter';
import { toMicroseconds, toMilliseconds } from './microseconds.ts';
import { fromRankText } from './rank-text.ts';
import { listReply, parseReply } from './reply.ts';

/** How the scripts write that no shard was named. */
const NONE = -1;

interface PermitAnswer extends Omit<PermitView, 'ageMs'> {
  readonly age: number;
}

/** What `waiters.lua` returns, in rank order. */
export function toWaiters(reply: unknown): WaiterView[] {
  const [now, fields] = listReply(reply);
  const waiters = pairs(fields).map(([id, held]) => {
    const [rankText = '', shard, replica = ''] = held.split('|');
    const rank = fromRankText(rankText);
    return {
      id,
      shard: Number(shard) === NONE ? null : Number(shard),
      rank,
      waitingMs: toMilliseconds(Number(now) - toMicroseconds(rank.joinedAt)),
      replica,
    };
  });
  return waiters.toSorted((a, b) => compareRanks(a.rank, b.rank));
}

/** What `recent-permits.lua` returns. */
export function toPermits(reply: unknown): PermitView[] {
  return parseReply<PermitAnswer[]>(reply).map(({ id, shard, bucket, age, status }) => ({
    id,
    shard,
    bucket,
    status,
    ageMs: toMilliseconds(age),
  }));
}

/** What `openings.lua` returns. */
export function toOpenings(reply: unknown): number[] {
  return listReply(reply).map((microseconds) => toMilliseconds(Number(microseconds)));
}

/** What `replicas.lua` returns. */
export function toReplicas(reply: unknown): ReplicaView[] {
  return pairs(reply).map(([replica, microseconds]) => ({
    replica,
    heardMsAgo: toMilliseconds(Number(microseconds)),
  }));
}

function pairs(reply: unknown): [string, string][] {
  const flat = listReply(reply).map(String);
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[index * 2] ?? '',
    flat[index * 2 + 1] ?? '',
  ]);
}
