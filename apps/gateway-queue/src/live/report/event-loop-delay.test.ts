import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { EventLoopDelay } from './event-loop-delay.ts';

/** Long enough for several measurements, which are made by a timer. */
const SOME_MS = 100;

test('an event loop that is blocked is late, and what is past does not count again', async () => {
  const delay = new EventLoopDelay();
  onTestFinished(() => delay.onModuleDestroy());
  expect(delay.take()).toBe(0);
  await setTimeout(SOME_MS);
  const blockedFrom = performance.now();
  while (performance.now() - blockedFrom < 200);
  await setTimeout(SOME_MS);
  // Less what was left of the time to the next measurement.
  expect(delay.take()).toBeGreaterThan(150);
  expect(delay.take()).toBe(0);
});
