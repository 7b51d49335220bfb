import { Cluster, type Redis } from 'ioredis';
import { toRedisError } from './driver-error.ts';
import { RedisError } from './redis-error.ts';
import type { RedisUrl } from './redis-url.ts';
import { verdictOn } from './server-facts.ts';

/**
 * Whether the limiter can stand on this server.
 *
 * @throws RedisStartError (as a rejection) when it cannot, and somebody has to change that
 * @throws RedisError (as a rejection) when it cannot be said now
 */
export async function checkServer(
  client: Redis | Cluster,
  kind: RedisUrl['kind'],
  _prefix: string,
): Promise<void> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  const answers = await Promise.allSettled(servers.map((server) => server.info()));
  const failures: RedisError[] = [];
  for (const answer of answers) {
    const problem =
      answer.status === 'fulfilled' ? verdictOn(answer.value, kind) : toRedisError(answer.reason);
    if (problem !== undefined) failures.push(problem);
  }
  if (failures[0] !== undefined) throw failures[0];
}
