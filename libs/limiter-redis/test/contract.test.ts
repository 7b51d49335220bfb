import { limiterContract } from '@gateway-queue/identify-limiter/testing';
import { RedisHarness } from './harness.ts';

limiterContract('the Redis limiter', (options) => RedisHarness.open(17000, options), ['reboot']);
