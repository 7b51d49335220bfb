import type { Clock } from '@gateway-queue/identify-limiter';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { Timer } from './timer.ts';

let clock: FakeClock;
let fired: number;
let timer: Timer;

beforeEach(() => {
  clock = new FakeClock();
  fired = 0;
  timer = new Timer(clock, () => fired++);
});

test('a timer fires once, at its moment', async () => {
  const firesAt = clock.now() + 1000;
  timer.set(1000);
  await clock.advance(999);
  expect([fired, timer.firesAt]).toEqual([0, firesAt]);
  await clock.advance(1);
  expect([fired, timer.firesAt]).toEqual([1, null]);
  await clock.advance(10_000);
  expect(fired).toBe(1);
});

test('setting a timer again moves its moment', async () => {
  timer.set(1000);
  timer.set(3000);
  await clock.advance(2000);
  expect(fired).toBe(0);
  await clock.advance(1000);
  expect(fired).toBe(1);
});

test('a cleared timer leaves no timer of the clock', () => {
  timer.set(1000);
  timer.clear();
  expect([timer.firesAt, clock.pendingTimers]).toEqual([null, 0]);
});

test('a timer of the clock that fires early is set again', async () => {
  const MAX_MS = 100;
  const hasty: Clock = {
    timeline: clock.timeline,
    now: () => clock.now(),
    wallNow: () => clock.wallNow(),
    setTimer: (delayMs, run) => clock.setTimer(Math.min(delayMs, MAX_MS), run),
    endOfTurn: () => clock.endOfTurn(),
  };
  new Timer(hasty, () => fired++).set(250);
  await clock.advance(249);
  expect(fired).toBe(0);
  await clock.advance(1);
  expect(fired).toBe(1);
});
