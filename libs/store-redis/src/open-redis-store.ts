import type { Store, StoreOptions } from '@gateway-queue/operator-records';
import type { RedisError } from './connection/redis-error.ts';
import { RedisServer } from './connection/redis-server.ts';
import { RedisLimiter } from './limiter/redis-limiter.ts';
import { redisRecords } from './records/redis-records.ts';

export interface RedisStoreOptions extends StoreOptions {
  /** `REDIS_URL`: see docs/redis.md. */
  readonly url: string;
  /** What the names of all keys and of the channel begin with. */
  readonly prefix: string;
  /** The bots whose limits this replica may be asked to refresh. */
  readonly bots: readonly string[];
  /** Called when Redis cannot be reached or used, once for each reason until it is back. Nothing is granted meanwhile. */
  readonly onProblem: (problem: RedisError) => void;
}

/**
 * Opens the store that all replicas with the same server and prefix share. A server that cannot be reached is waited for:
 * the store is opened, and what is asked of it rejects until the server is there.
 *
 * @throws RedisUrlError, RedisStartError (as a rejection)
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const server = await RedisServer.open(options);
  const limiter = new RedisLimiter({ ...options, server });
  return {
    limiter,
    records: redisRecords({ server, prefix: options.prefix }),
    async close() {
      await limiter.close();
      await server.close();
    },
  };
}
