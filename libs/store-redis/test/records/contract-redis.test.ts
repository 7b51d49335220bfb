import { useRedis } from '../servers/file-servers.ts';
import { recordsContract } from '@gateway-queue/operator-records/testing';
import { RedisHarness } from './harness.ts';

const redis = useRedis();

recordsContract('records on Redis', () => RedisHarness.open(redis()));
