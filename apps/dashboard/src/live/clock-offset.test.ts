import { beforeEach, expect, test } from 'vitest';
import { ClockOffset } from './clock-offset.ts';

let clock: ClockOffset;

beforeEach(() => {
  clock = new ClockOffset();
});

/** The state of a moment is heard so much later, by the clocks of both sides. */
function hear(at: number, lateMs: number, { available = true, isFirst = false } = {}): void {
  const snapshot = { version: 1, at, bots: {}, replicas: {}, limiter: { available } };
  clock.learn(snapshot, at + lateMs, isFirst);
}

test('goes by the message that was the least late', () => {
  expect(clock.aheadMs).toBeUndefined();
  hear(1000, 3900, { isFirst: true });
  expect(clock.aheadMs).toBe(3900);
  hear(2000, 3010);
  hear(3000, 3300);
  expect(clock.aheadMs).toBe(3010);
});

test('a clock that was set forward is found out in half a minute', () => {
  hear(0, 10, { isFirst: true });
  for (let second = 1; second < 30; second += 1) hear(1000 * second, 600_020);
  expect(clock.aheadMs).toBe(10);
  hear(30_000, 600_020);
  expect(clock.aheadMs).toBe(600_020);
});

test('begins anew with each connection, for it may be one to another replica', () => {
  hear(0, -50_000, { isFirst: true });
  hear(1000, 20, { isFirst: true });
  expect(clock.aheadMs).toBe(20);
});

test('learns nothing from what is told without the store: it may be old', () => {
  hear(0, 300_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBeUndefined();
  hear(301_000, 30);
  hear(0, 400_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBe(30);
});

test('a connection that begins without the store forgets the one before as soon as there is something to learn', () => {
  hear(0, 10, { isFirst: true });
  hear(0, 90_000, { available: false, isFirst: true });
  expect(clock.aheadMs).toBe(10);
  hear(100_000, 70_000);
  expect(clock.aheadMs).toBe(70_000);
});
