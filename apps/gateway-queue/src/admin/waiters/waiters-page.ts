import { compareRanks } from '@gateway-queue/identify-limiter';
import type { PlacedWaiter } from '../lists/place-waiters.ts';
import type { WaiterBody, WaitersBody } from './waiter.body.ts';
import { toCursor } from './rank-cursor.ts';
import type { WaitersQuery } from './waiters.query.ts';

/**
 * One page of the waiters.
 *
 * @param waiters all of a bot, in rank order
 */
export function waitersPage(
  waiters: readonly PlacedWaiter[],
  { after, bucket, limit, shard }: WaitersQuery,
): WaitersBody {
  const wanted = waiters.filter(
    (waiter) =>
      (bucket === undefined || waiter.bucket === bucket) &&
      (shard === undefined || waiter.shard === shard),
  );
  const rest =
    after === undefined ? wanted : wanted.filter(({ rank }) => compareRanks(rank, after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toBody),
    total: wanted.length,
    ...(last && rest.length > page.length && { next: toCursor(last.rank) }),
  };
}

function toBody(waiter: PlacedWaiter): WaiterBody {
  const { bucket, id, position, rank, replica, shard, since } = waiter;
  return {
    id,
    ...(shard !== null && { shard }),
    bucket,
    position,
    priority: rank.priority,
    since: Math.round(since),
    replica,
  };
}
