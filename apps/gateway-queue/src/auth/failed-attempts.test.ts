import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { FailedAttempts } from './failed-attempts.ts';

const HERE = '192.0.2.1';
const THERE = '192.0.2.2';

let clock: FakeClock;
let attempts: FailedAttempts;

beforeEach(() => {
  clock = new FakeClock();
  attempts = new FailedAttempts(clock);
});

function fail(times: number, address = HERE): void {
  for (let time = 0; time < times; time += 1) attempts.count(address);
}

test('the tenth failure locks the address out until a minute after the first', async () => {
  fail(9);
  await clock.advance(10_000);
  expect(attempts.lockedForMs(HERE)).toBe(0);
  fail(1);
  expect(attempts.lockedForMs(HERE)).toBe(50_000);
  expect(attempts.lockedForMs(THERE)).toBe(0);
  await clock.advance(49_999);
  expect(attempts.lockedForMs(HERE)).toBe(1);
  await clock.advance(1);
  expect(attempts.lockedForMs(HERE)).toBe(0);
});

test('there are never more than ten failures in any minute', async () => {
  const failedAt: number[] = [];
  const failAsOftenAsAllowed = (max: number): void => {
    for (let times = 0; times < max && attempts.lockedForMs(HERE) === 0; times += 1) {
      attempts.count(HERE);
      failedAt.push(clock.now());
    }
  };
  failAsOftenAsAllowed(1);
  await clock.advance(59_000);
  for (let second = 0; second < 240; second += 1) {
    failAsOftenAsAllowed(100);
    await clock.advance(1000);
  }
  expect(failedAt.length).toBeGreaterThan(40);
  for (const begin of failedAt) {
    const inMinute = failedAt.filter((at) => at >= begin && at < begin + 60_000);
    expect(inMinute.length).toBeLessThanOrEqual(10);
  }
});

test('addresses of one IPv6 network count as one', () => {
  for (let host = 1; host <= 10; host += 1) attempts.count(`2001:db8:0:1::${host}`);
  expect(attempts.lockedForMs('2001:db8:0:1:ffff::1')).toBe(60_000);
  expect(attempts.lockedForMs('2001:db8:0:2::1')).toBe(0);
});

test('a failure is to be reported once a minute for each address', async () => {
  expect(attempts.isToReport(HERE)).toBe(false);
  fail(1);
  expect(attempts.isToReport(HERE)).toBe(true);
  fail(1);
  expect(attempts.isToReport(HERE)).toBe(false);
  fail(1, THERE);
  expect(attempts.isToReport(THERE)).toBe(true);
  await clock.advance(59_999);
  fail(1);
  expect(attempts.isToReport(HERE)).toBe(false);
  await clock.advance(1);
  fail(1);
  expect(attempts.isToReport(HERE)).toBe(true);
});

test('P10 addresses are remembered for a minute, and never more than 10000', async () => {
  for (let host = 0; host < 12_000; host += 1) {
    fail(10, `10.0.${Math.floor(host / 256)}.${host % 256}`);
  }
  expect(attempts.size).toBe(10_000);
  expect(attempts.lockedForMs('10.0.0.0')).toBe(0);
  expect(attempts.lockedForMs('10.0.46.223')).toBe(60_000);
  await clock.advance(60_000);
  fail(1);
  expect(attempts.size).toBe(1);
});
