import { recordsContract } from './contract/index.ts';
import { LocalHarness } from './local-harness.ts';

recordsContract('records in a file', () => Promise.resolve(new LocalHarness('file')));

recordsContract('records in memory', () => Promise.resolve(new LocalHarness('memory')), [
  'restart',
]);
