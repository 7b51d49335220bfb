import { recordsContract } from '../../../operator-records/testing/contract/index.ts';
import { LocalHarness } from './harness.ts';

recordsContract('records in a file', () => Promise.resolve(new LocalHarness('file')));

recordsContract('records in memory', () => Promise.resolve(new LocalHarness('memory')), [
  'restart',
]);
