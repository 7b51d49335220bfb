import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { probeLimiter } from './limiter-probe.ts';

test('how long the store of the limiter took to answer', async () => {
  const clock = new FakeClock();
  const check = () => new Promise<void>((resolve) => void clock.setTimer(12, resolve));
  const probed = probeLimiter({ check }, clock);
  await clock.advance(100);
  expect(await probed).toEqual({ latencyMs: 12, error: null });
});

test('or why it did not', async () => {
  const limiter = { check: () => Promise.reject(new Error('the disk is full')) };
  expect(await probeLimiter(limiter, new FakeClock())).toEqual({
    latencyMs: null,
    error: 'the disk is full',
  });
});
