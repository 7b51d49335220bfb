import { expect, test } from 'vitest';
import { INTERVAL_MS, NOTICE_MS, range } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

const OUTAGE_MS = 600_000;

test('P9 waiters stay while the limiter is down for 10 minutes, and are then served in their order', async () => {
  const world = await openWorld();
  await world.askInTurn(range(20));
  const served = world.served.length;
  await world.advance(1000);
  world.limiter().asleep = true;
  await world.askInTurn([20, 21]);
  await world.advance(OUTAGE_MS);
  expect(world.served).toHaveLength(served);
  expect(world.queue().size).toBe(21);
  world.limiter().asleep = false;
  const back = world.now;
  await world.advance(NOTICE_MS);
  const next = world.served[served]?.servedAt;
  expect(next).toBeLessThanOrEqual(back + NOTICE_MS);
  await world.advance(INTERVAL_MS * 21);
  expect(shardsOf(world.served)).toEqual(range(22));
  const moments = world.served.slice(served).map((request) => Number(request.servedAt));
  expect(moments).toEqual(range(21).map((index) => Number(next) + index * INTERVAL_MS));
});

test('P10 a limiter that is down is asked at most a few times a second, and each failure is reported', async () => {
  const world = await openWorld(4);
  for (const shard of range(1000)) world.ask(shard);
  await world.advance(100);
  world.limiter().asleep = true;
  const { calls } = world.limiter();
  const before = calls.length;
  world.ask(2000);
  await world.advance(OUTAGE_MS);
  // Four dispatchers and the enrolment call, each with pauses of a second after the first few.
  expect(calls.length - before).toBeLessThan((OUTAGE_MS / NOTICE_MS) * 5 + 50);
  expect(world.errors).toHaveLength(calls.length - before);
});

test('P10 while lines wait, the limiter is asked at most once a second for each bucket', async () => {
  const world = await openWorld(2);
  await world.pause();
  for (const shard of range(1000)) world.ask(shard);
  await world.settle();
  const { calls } = world.limiter();
  const before = calls.length;
  await world.advance(60_000);
  expect(calls.length - before).toBe(2 * 60);
});

test('P5 a waiter that hangs up during an outage is gone, and has its place', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [, second] = await world.askInTurn([1, 2, 3, 4]);
  world.limiter().asleep = true;
  await world.advance(5000);
  second?.hangUp();
  await world.advance(60_000);
  world.limiter().asleep = false;
  await world.advance(NOTICE_MS);
  await world.askInTurn([2]);
  await world.advance(INTERVAL_MS * 4);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4]);
});

test('P9 a replica that cannot reach the store does not hold up the buckets in which it has no head', async () => {
  const world = await openWorld(2);
  await world.askInTurn([0, 1]);
  await world.askInTurn([2], { replica: 'a' });
  await world.askInTurn([3], { replica: 'b' });
  world.limiter('a').asleep = true;
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 1, 3]);
});

test('P9 a single failure of the limiter costs one short pause', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [next] = await world.askInTurn([1]);
  await world.advanceTo(INTERVAL_MS - 1);
  world.limiter().breakNext('tryAcquire', { fail: 'before' });
  await world.advance(51);
  expect(next?.servedAt).toBe(INTERVAL_MS + 50);
});
