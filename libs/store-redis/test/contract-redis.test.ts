import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

// What a server started anew brings about has tests of its own: server-restart.test.ts.
limiterContract('the limiter on Redis', (options) => RedisHarness.open(redis(), options), [
  'reboot',
]);
