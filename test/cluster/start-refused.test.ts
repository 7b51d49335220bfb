import { afterEach, expect, test } from 'vitest';

import { RedisServer, type RedisServerOptions } from '../support/redis-server.ts';
import { spawnService, type ServiceProcess } from '../support/service/service-process.ts';

const CANARY = 'canary7f3a';

let redis: RedisServer | undefined;
let service: ServiceProcess | undefined;
afterEach(async () => {
  service?.kill();
  await service?.exited;
  await redis?.end();
});

/** Expects that the service does not start on such a server, and says why in one line; returns that. */
async function refusal(
  options: RedisServerOptions,
  urlOf: (url: string) => string = (url) => url,
): Promise<string> {
  redis = await RedisServer.running(options);
  service = spawnService({ REDIS_URL: urlOf(redis.url) });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(service.output()).not.toContain(CANARY);
  expect(service.words).toHaveLength(1);
  return service.words.join();
}

test('the password is wrong', async () => {
  const words = await refusal({ password: 'right' }, (url) => url.replace('right', CANARY));
  expect(words).toMatch(/REDIS_URL.*password/);
});

test('the password is missing', async () => {
  const words = await refusal({ password: CANARY }, (url) => url.replace(`:${CANARY}@`, ''));
  expect(words).toMatch(/REDIS_URL.*password/);
});

test('the server may throw data away', async () => {
  const words = await refusal({
    password: CANARY,
    args: ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'],
  });
  expect(words).toMatch('set maxmemory-policy noeviction');
});

test('REDIS_URL is not a URL of Redis', async () => {
  expect(await refusal({}, () => `redis://:${CANARY}@one,two/0`)).toMatch(/^REDIS_URL: /);
});
