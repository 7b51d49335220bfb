import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { LocalHarness } from './harness.ts';

limiterContract('the local limiter in a file', (options) =>
  Promise.resolve(new LocalHarness('file', options)),
);

limiterContract(
  'the local limiter in memory',
  (options) => Promise.resolve(new LocalHarness('memory', options)),
  ['restart', 'reboot'],
);
