import { request } from './request.ts';
import type { Waiter, Waiters } from './schemas.ts';
import { pathOfBot } from './scope.ts';

/** Which of a bot's waiters; `after` is `next` of the page before. */
export interface WaitersQuery {
  readonly bucket?: number;
  readonly shard?: number;
  readonly limit?: number;
  readonly after?: string | undefined;
}

/** Those who wait, at all replicas, in the order of their ranks. */
export function listWaiters(
  bot: string,
  query: WaitersQuery,
  signal?: AbortSignal,
): Promise<Waiters> {
  return request('GET', `${pathOfBot(bot)}/waiters`, {
    query: { ...query },
    ...(signal && { signal }),
  });
}

/** Ends a wait. @throws ApiProblem `unknown-resource` when it has ended already, `not-evicted` */
export function evict(bot: string, waiter: string, reason: string): Promise<void> {
  const path = `${pathOfBot(bot)}/waiters/${encodeURIComponent(waiter)}`;
  return request('DELETE', path, { query: { reason } });
}

/** One who waits, in words. */
export function whoOf({ shard }: Pick<Waiter, 'shard'>): string {
  return shard === undefined ? 'a request that names no shard' : `shard ${shard}`;
}
