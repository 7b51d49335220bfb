import { Logger } from '@nestjs/common';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { FakeReports, quietReport } from '../testing/fake-reports.ts';
import { ReplicaReporter } from './replica-reporter.ts';

let clock: FakeClock;
let reports: FakeReports;
let heldRequests: number;
let reporter: ReplicaReporter;

beforeEach(() => {
  clock = new FakeClock();
  reports = new FakeReports(clock);
  heldRequests = 0;
  const own = { make: async () => quietReport({ heldRequests }) };
  reporter = new ReplicaReporter(reports, 'a', own, clock);
});

test('others hear of this replica each second, and five seconds after the last time no more', async () => {
  reporter.onApplicationBootstrap();
  await clock.settle();
  expect(await reports.all()).toMatchObject([{ replica: 'a', reportedAt: clock.wallNow() }]);
  heldRequests = 7;
  await clock.advance(1000);
  expect(await reports.all()).toMatchObject([
    { reportedAt: clock.wallNow(), report: { heldRequests: 7 } },
  ]);
  vi.spyOn(reports, 'report').mockReturnValue(new Promise(() => undefined));
  await clock.advance(4999);
  expect(await reports.all()).toHaveLength(1);
  await clock.advance(1);
  expect(await reports.all()).toEqual([]);
});

test('a replica that ends in good order is not listed any more', async () => {
  reporter.onApplicationBootstrap();
  await clock.settle();
  await reporter.onModuleDestroy();
  expect(await reports.all()).toEqual([]);
  expect(clock.pendingTimers).toBe(0);
});

test('an outage of the store is told once, and its end', async () => {
  const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  const logged = vi.spyOn(Logger.prototype, 'log').mockReturnValue();
  onTestFinished(() => {
    warned.mockRestore();
    logged.mockRestore();
  });
  reporter.onApplicationBootstrap();
  for (const outages of [1, 2]) {
    reports.broken = new Error('the disk is full');
    await clock.advance(30_000);
    expect(warned).toHaveBeenCalledTimes(outages);
    reports.broken = undefined;
    await clock.advance(2000);
    expect(logged).toHaveBeenCalledTimes(outages);
    expect(await reports.all()).toHaveLength(1);
  }
  reports.broken = new Error('the disk is full');
  await reporter.onModuleDestroy();
});
