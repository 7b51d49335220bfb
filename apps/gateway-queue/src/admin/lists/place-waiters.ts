import { bucketOf, type WaiterView } from '@gateway-queue/identify-limiter';

/** A waiter with its position. */
export interface PlacedWaiter extends WaiterView {
  readonly bucket: number;
  /** In the line of its bucket, over all replicas: 1 is next. */
  readonly position: number;
}

/**
 * Gives each waiter its bucket and its position.
 *
 * @param waiters all of a bot, in rank order
 */
export function placeWaiters(
  waiters: readonly WaiterView[],
  maxConcurrency: number,
): PlacedWaiter[] {
  const lengths = new Map<number, number>();
  return waiters.map((waiter) => {
    const bucket = bucketOf(waiter.shard, maxConcurrency);
    const position = (lengths.get(bucket) ?? 0) + 1;
    lengths.set(bucket, position);
    return { ...waiter, bucket, position };
  });
}
