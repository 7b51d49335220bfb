import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { RepeatingServer } from './repeating-server.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

// P8: a caller that gets no reply asks again.
limiterContract(
  'the limiter on a Redis all of whose first replies are lost',
  async (options) => {
    const harness: RedisHarness = await RedisHarness.open(redis(), {
      ...options,
      wrap: (server) => new RepeatingServer(server, () => harness),
    });
    return harness;
  },
  ['reboot'],
);
