import { useCluster } from '../servers/file-servers.ts';
import { recordsContract } from '../../../operator-records/testing/contract/index.ts';
import { RedisHarness } from './harness.ts';

const cluster = useCluster();

recordsContract('records on a cluster', () => RedisHarness.open(cluster()));
