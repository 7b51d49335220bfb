import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useCluster } from './servers/file-servers.ts';

const cluster = useCluster();

// What follows from a restart of the server is tested in server-restart.test.ts.
limiterContract('the limiter on a cluster', (options) => RedisHarness.open(cluster(), options), [
  'reboot',
]);
