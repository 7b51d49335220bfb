import { useValkey } from '../../limiter-redis/test/servers/file-servers.ts';
import { recordsContract } from './contract/index.ts';
import { RedisHarness } from './redis-harness.ts';

const valkey = useValkey();

recordsContract('records on Valkey', () => RedisHarness.open(valkey()));
