import { useRedis } from '../servers/file-servers.ts';
import { recordsContract } from '../../../operator-records/testing/contract/index.ts';
import { RedisHarness } from './harness.ts';

const redis = useRedis();

recordsContract('records on Redis', () => RedisHarness.open(redis()));
