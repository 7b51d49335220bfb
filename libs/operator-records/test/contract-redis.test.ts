import { useRedis } from '../../limiter-redis/test/servers/file-servers.ts';
import { recordsContract } from './contract/index.ts';
import { RedisHarness } from './redis-harness.ts';

const redis = useRedis();

recordsContract('records on Redis', () => RedisHarness.open(redis()));
