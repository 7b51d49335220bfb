import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

// What follows from a restart of the server is tested in server-restart.test.ts.
limiterContract('the limiter on Redis', (options) => RedisHarness.open(redis(), options), [
  'reboot',
]);
