import { request } from './request.ts';
import type { Waiter, Waiters } from './schemas.ts';
import { pathOfBot } from './scope.ts';

/** Which of a bot's waiters to list; `after` is the `next` of the page before. */
export interface WaitersQuery {
  readonly bucket?: number;
  readonly shard?: number;
  readonly limit?: number;
  readonly after?: string | undefined;
}

/** The waiters of a bot at all replicas, in the order of their ranks. */
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

/** Evicts a waiter. @throws ApiProblem `unknown-resource` when the waiter has left already, `not-evicted` */
export function evict(bot: string, waiter: string, reason: string): Promise<void> {
  const path = `${pathOfBot(bot)}/waiters/${encodeURIComponent(waiter)}`;
  return request('DELETE', path, { query: { reason } });
}

/** A waiter in words, for the middle of a sentence. */
export function whoOf({ shard }: Pick<Waiter, 'shard'>): string {
  return shard === undefined ? 'a request that names no shard' : `shard ${shard}`;
}
