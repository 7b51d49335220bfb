import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { LocalHarness } from './harness.ts';

limiterContract('the local limiter in a file', () => Promise.resolve(new LocalHarness('file')));
