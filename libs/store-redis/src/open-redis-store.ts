import type { Store, StoreOptions } from '@gateway-queue/operator-records';
import { RedisServer, type RedisServerOptions } from './connection/redis-server.ts';
import { RedisLimiter } from './limiter/redis-limiter.ts';
import { redisRecords } from './records/redis-records.ts';

export interface RedisStoreOptions extends StoreOptions, RedisServerOptions {
  /** The bots whose limits this replica may be asked to refresh. */
  readonly bots: readonly string[];
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
    isShared: true,
    limiter,
    records: redisRecords({ server, prefix: options.prefix }),
    async close() {
      await limiter.close();
      await server.close();
    },
  };
}
