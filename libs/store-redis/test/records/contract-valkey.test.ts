import { useValkey } from '../servers/file-servers.ts';
import { recordsContract } from '@gateway-queue/operator-records/testing';
import { RedisHarness } from './harness.ts';

const valkey = useValkey();

recordsContract('records on Valkey', () => RedisHarness.open(valkey()));
