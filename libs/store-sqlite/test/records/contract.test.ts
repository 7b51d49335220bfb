import { recordsContract } from '../../../operator-records/testing/contract/index.ts';
import { SqliteRecordsHarness } from './harness.ts';

recordsContract('records in a file', () => Promise.resolve(new SqliteRecordsHarness('file')));

recordsContract('records in memory', () => Promise.resolve(new SqliteRecordsHarness('memory')), [
  'restart',
]);
