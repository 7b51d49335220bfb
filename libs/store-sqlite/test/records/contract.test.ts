import { recordsContract } from '@gateway-queue/operator-records/testing';
import { SqliteRecordsHarness } from './harness.ts';

recordsContract('records in a file', () => Promise.resolve(new SqliteRecordsHarness('file')));

recordsContract('records in memory', () => Promise.resolve(new SqliteRecordsHarness('memory')), [
  'restart',
]);
