import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';
import { useValkey } from './servers/file-servers.ts';

const valkey = useValkey();

// What a server started anew brings about has tests of its own: server-restart.test.ts.
limiterContract('the limiter on Valkey', (options) => RedisHarness.open(valkey(), options), [
  'reboot',
]);
