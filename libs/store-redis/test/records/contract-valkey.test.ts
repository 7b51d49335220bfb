import { useValkey } from '../servers/file-servers.ts';
import { recordsContract } from '../../../operator-records/testing/contract/index.ts';
import { RedisHarness } from './harness.ts';

const valkey = useValkey();

recordsContract('records on Valkey', () => RedisHarness.open(valkey()));
