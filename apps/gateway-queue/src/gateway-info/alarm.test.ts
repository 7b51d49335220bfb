import type { Clock } from '@gateway-queue/identify-limiter';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { Alarm } from './alarm.ts';

let clock: FakeClock;
let rings: number;
let alarm: Alarm;

beforeEach(() => {
  clock = new FakeClock();
  rings = 0;
  alarm = new Alarm(clock, () => rings++);
});

test('it goes off once, at its moment', async () => {
  alarm.set(1000);
  await clock.advance(999);
  expect([rings, alarm.remainingMs]).toEqual([0, 1]);
  await clock.advance(1);
  expect([rings, alarm.remainingMs]).toEqual([1, null]);
  await clock.advance(10_000);
  expect(rings).toBe(1);
});

test('setting it again moves it', async () => {
  alarm.set(1000);
  alarm.set(3000);
  await clock.advance(2000);
  expect(rings).toBe(0);
  await clock.advance(1000);
  expect(rings).toBe(1);
});

test('cleared, it leaves no timer', () => {
  alarm.set(1000);
  alarm.clear();
  expect([alarm.remainingMs, clock.pendingTimers]).toEqual([null, 0]);
});

test('a timer that fires early is set again', async () => {
  const MAX_MS = 100;
  const hasty: Clock = {
    timeline: clock.timeline,
    now: () => clock.now(),
    wallNow: () => clock.wallNow(),
    setTimer: (delayMs, run) => clock.setTimer(Math.min(delayMs, MAX_MS), run),
    endOfTurn: () => clock.endOfTurn(),
  };
  new Alarm(hasty, () => rings++).set(250);
  await clock.advance(249);
  expect(rings).toBe(0);
  await clock.advance(1);
  expect(rings).toBe(1);
});
