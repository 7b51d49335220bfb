import { bucketOf, compareRanks, type WaiterView } from '@gateway-queue/identify-limiter';
import type { WaiterBody, WaitersBody } from './waiter.body.ts';
import { toCursor } from './rank-cursor.ts';
import type { WaitersQuery } from './waiters.query.ts';

/** A waiter, and where it stands. */
interface Placed extends WaiterView {
  readonly bucket: number;
  readonly position: number;
}

/**
 * One page of those who wait.
 *
 * @param waiters all of a bot, in rank order
 * @param wallNow ms since the Unix epoch
 */
export function waitersPage(
  waiters: readonly WaiterView[],
  maxConcurrency: number,
  { after, bucket, limit, shard }: WaitersQuery,
  wallNow: number,
): WaitersBody {
  const wanted = place(waiters, maxConcurrency)
    .filter((waiter) => bucket === undefined || waiter.bucket === bucket)
    .filter((waiter) => shard === undefined || waiter.shard === shard);
  const rest =
    after === undefined ? wanted : wanted.filter(({ rank }) => compareRanks(rank, after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((waiter) => toBody(waiter, wallNow)),
    total: wanted.length,
    ...(last && rest.length > page.length && { next: toCursor(last.rank) }),
  };
}

function place(waiters: readonly WaiterView[], maxConcurrency: number): Placed[] {
  const lengths = new Map<number, number>();
  return waiters.map((waiter) => {
    const bucket = bucketOf(waiter.shard, maxConcurrency);
    const position = (lengths.get(bucket) ?? 0) + 1;
    lengths.set(bucket, position);
    return { ...waiter, bucket, position };
  });
}

function toBody(waiter: Placed, wallNow: number): WaiterBody {
  const { bucket, id, position, rank, replica, shard, waitingMs } = waiter;
  return {
    id,
    ...(shard !== null && { shard }),
    bucket,
    position,
    priority: rank.priority,
    since: Math.round(wallNow - waitingMs),
    replica,
  };
}
