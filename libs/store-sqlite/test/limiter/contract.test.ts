import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { SqliteHarness } from './harness.ts';

limiterContract('the SQLite limiter in a file', (options) =>
  Promise.resolve(new SqliteHarness('file', options)),
);

limiterContract(
  'the SQLite limiter in memory',
  (options) => Promise.resolve(new SqliteHarness('memory', options)),
  ['restart', 'reboot'],
);
