import { useCluster } from '../servers/file-servers.ts';
import { recordsContract } from '@gateway-queue/operator-records/testing';
import { RedisHarness } from './harness.ts';

const cluster = useCluster();

recordsContract('records on a cluster', () => RedisHarness.open(cluster()));
