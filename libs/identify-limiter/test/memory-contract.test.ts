import { limiterContract, MemoryHarness } from '@gateway-queue/identify-limiter/testing';

// The simulation plays over this store, so what it finds can be believed.
limiterContract('the limiter in memory', (options) => Promise.resolve(new MemoryHarness(options)), [
  'reboot',
]);
