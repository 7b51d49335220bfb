import type { Logger } from '@nestjs/common';
import { RedisLimiter, RedisServer } from '@gateway-queue/store-redis';
import { openRedisRecords } from '@gateway-queue/store-redis';
import type { Secret } from '../settings/secret.ts';
import type { Settings } from '../settings/settings.ts';
import { limiterRules } from './limiter-rules.ts';
import type { Clock } from './store.tokens.ts';
import type { OpenedStore } from './opened-store.ts';

/**
 * What all replicas with this `REDIS_URL` and `REDIS_PREFIX` share. A server that cannot be reached is waited
 * for, with nothing granted meanwhile.
 *
 * @throws RedisUrlError, RedisStartError (as a rejection)
 */
export async function openRedisStore(
  settings: Settings,
  url: Secret,
  clock: Clock,
  replica: string,
  logger: Logger,
): Promise<OpenedStore> {
  const prefix = settings.redisPrefix;
  const server = await RedisServer.open({
    url: url.reveal(),
    prefix,
    clock,
    onProblem: ({ message }) => logger.error(message),
  });
  const limiter = new RedisLimiter({
    server,
    prefix,
    clock,
    bots: settings.bots.map(({ id }) => id),
    rules: limiterRules(settings),
    placeTtlMs: settings.placeTtlMs,
    maxPlaces: settings.maxWaiting,
    replica,
  });
  return {
    limiter,
    records: openRedisRecords({ server, prefix }),
    async close() {
      await limiter.close();
      await server.close();
    },
  };
}
