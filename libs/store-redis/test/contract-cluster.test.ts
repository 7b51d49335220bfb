import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useCluster } from './servers/file-servers.ts';

const cluster = useCluster();

// What a server started anew brings about has tests of its own: server-restart.test.ts.
limiterContract('the limiter on a cluster', (options) => RedisHarness.open(cluster(), options), [
  'reboot',
]);
