import { Cluster, type Redis } from 'ioredis';
import { toRedisError } from './driver-error.ts';
import { checkPermissions } from './permissions.ts';
import { type RedisError, RedisStartError } from './redis-error.ts';
import type { RedisUrl } from './url/redis-url.ts';
import { ofNewConnection } from './new-connection-error.ts';
import { verdictOn } from './server-facts.ts';

/**
 * Checks that the store can use this server.
 *
 * @throws RedisStartError (as a rejection) when it cannot, and an operator has to change that
 * @throws RedisError (as a rejection) when it cannot now
 */
export async function checkServer(
  client: Redis | Cluster,
  kind: RedisUrl['kind'],
  prefix: string,
): Promise<void> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  const verdicts = await Promise.all(servers.map((server) => checkOne(server, kind)));
  const problem =
    verdicts.find((verdict) => verdict instanceof RedisStartError) ??
    // While a node is away, a cluster serves the bots of its other nodes.
    (verdicts.includes(undefined) ? undefined : verdicts[0]);
  if (problem !== undefined) throw problem;
  await checkPermissions(client, prefix);
}

async function checkOne(server: Redis, kind: RedisUrl['kind']): Promise<RedisError | undefined> {
  try {
    return verdictOn(await server.info(), kind);
  } catch (error) {
    return ofNewConnection(toRedisError(error));
  }
}
