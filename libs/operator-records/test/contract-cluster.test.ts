import { useCluster } from '../../limiter-redis/test/servers/file-servers.ts';
import { recordsContract } from './contract/index.ts';
import { RedisHarness } from './redis-harness.ts';

const cluster = useCluster();

recordsContract('records on a cluster', () => RedisHarness.open(cluster()));
