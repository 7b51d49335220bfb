import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { LogThrottle } from './log-throttle.ts';

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

test('P12 the first line is due at once, and the next one after the interval', async () => {
  const throttle = new LogThrottle(clock, 1000);
  expect(throttle.isDue()).toBe(true);
  await clock.advance(999);
  expect(throttle.isDue()).toBe(false);
  await clock.advance(1);
  expect(throttle.isDue()).toBe(true);
});

test('P12 each subject has its own interval', async () => {
  const throttle = new LogThrottle(clock, 1000);
  expect(throttle.isDue('music')).toBe(true);
  await clock.advance(500);
  expect(throttle.isDue('mod')).toBe(true);
  expect(throttle.isDue('music')).toBe(false);
  await clock.advance(500);
  expect(throttle.isDue('music')).toBe(true);
  expect(throttle.isDue('mod')).toBe(false);
});

test('P12 with an infinite interval one line is due until the event ends', async () => {
  const throttle = new LogThrottle(clock, Infinity);
  expect(throttle.isDue()).toBe(true);
  await clock.advance(1e9);
  expect(throttle.isDue()).toBe(false);
  expect(throttle.end()).toBe(true);
  expect(throttle.isDue()).toBe(true);
});

test('P12 the end is worth a line once, and only after a line', () => {
  const throttle = new LogThrottle(clock, Infinity);
  expect(throttle.end()).toBe(false);
  throttle.isDue();
  expect([throttle.end(), throttle.end()]).toEqual([true, false]);
});

test('P12 the end of one subject leaves the others as they are', () => {
  const throttle = new LogThrottle(clock, Infinity);
  throttle.isDue('music');
  throttle.isDue('mod');
  expect([throttle.end('music'), throttle.end('music')]).toEqual([true, false]);
  expect([throttle.isDue('music'), throttle.isDue('mod')]).toEqual([true, false]);
});
