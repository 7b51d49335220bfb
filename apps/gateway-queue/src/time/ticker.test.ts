import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { Ticker } from './ticker.ts';

test('it ticks once a second while it is wanted, and again after another start', async () => {
  const clock = new FakeClock();
  const ticks: number[] = [];
  let wanted = true;
  const ticker = new Ticker(
    clock,
    async () => void ticks.push(clock.now()),
    () => wanted,
  );
  const began = clock.now();
  ticker.start();
  ticker.start();
  await clock.advance(2500);
  wanted = false;
  await clock.advance(60_000);
  expect(ticks.map((at) => at - began)).toEqual([0, 1000, 2000, 3000]);
  ticker.start();
  await clock.settle();
  expect(ticks).toHaveLength(5);
  expect(clock.pendingTimers).toBe(0);
});

test('it never ticks twice at a time: now() joins the tick under way', async () => {
  const clock = new FakeClock();
  let running = 0;
  let most = 0;
  let ticks = 0;
  const ticker = new Ticker(clock, async () => {
    ticks += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => {
      clock.setTimer(5000, resolve);
    });
    running -= 1;
  });
  ticker.start();
  await clock.advance(1000);
  const now = ticker.now();
  await clock.advance(4000);
  await now;
  expect(ticks).toBe(1);
  void ticker.now();
  await clock.advance(8000);
  expect([most, ticks]).toEqual([1, 3]);
});

test('stop waits for the tick under way, and no tick follows', async () => {
  const clock = new FakeClock();
  let ended = false;
  const ticker = new Ticker(clock, async () => {
    await clock.endOfTurn();
    ended = true;
  });
  ticker.start();
  await ticker.stop();
  expect(ended).toBe(true);
  ended = false;
  ticker.start();
  await ticker.now();
  await clock.advance(5000);
  expect([ended, clock.pendingTimers]).toEqual([false, 0]);
});
