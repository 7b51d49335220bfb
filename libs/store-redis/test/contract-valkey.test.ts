import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useValkey } from './servers/file-servers.ts';

const valkey = useValkey();

// What follows from a restart of the server is tested in server-restart.test.ts.
limiterContract('the limiter on Valkey', (options) => RedisHarness.open(valkey(), options), [
  'reboot',
]);
