import { beforeEach, expect, test } from 'vitest';
import { ClockOffset } from './clock-offset.ts';

let clock: ClockOffset;

beforeEach(() => {
  clock = new ClockOffset();
});

/** Delivers a state of the moment `at` by the service's clock, which arrives at `at + lateMs` by this machine's clock. */
function deliver(at: number, lateMs: number, { available = true, isFirst = false } = {}): void {
  const snapshot = { version: 1, at, bots: {}, replicas: {}, limiter: { available } };
  clock.learn(snapshot, at + lateMs, isFirst);
}

test('takes the difference of the message with the smallest delay', () => {
  expect(clock.aheadMs).toBeUndefined();
  deliver(1000, 3900, { isFirst: true });
  expect(clock.aheadMs).toBe(3900);
  deliver(2000, 3010);
  deliver(3000, 3300);
  expect(clock.aheadMs).toBe(3010);
});

test('follows a clock that was set forward within half a minute', () => {
  deliver(0, 10, { isFirst: true });
  for (let second = 1; second < 30; second += 1) deliver(1000 * second, 600_020);
  expect(clock.aheadMs).toBe(10);
  deliver(30_000, 600_020);
  expect(clock.aheadMs).toBe(600_020);
});

test('starts again with each connection, which may lead to another replica', () => {
  deliver(0, -50_000, { isFirst: true });
  deliver(1000, 20, { isFirst: true });
  expect(clock.aheadMs).toBe(20);
});

test('ignores a state that the service sends while its store is away, which may be old', () => {
  deliver(0, 300_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBeUndefined();
  deliver(301_000, 30);
  deliver(0, 400_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBe(30);
});

test('keeps the old difference while a new connection has no store, and starts again once the store is back', () => {
  deliver(0, 10, { isFirst: true });
  deliver(0, 90_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBe(10);
  deliver(100_000, 70_000);
  expect(clock.aheadMs).toBe(70_000);
});
