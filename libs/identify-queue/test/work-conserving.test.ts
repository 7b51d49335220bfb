import { expect, test } from 'vitest';
import { INTERVAL_MS, NOTICE_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { newWorld, openWorld } from './world.ts';

test('P9 every permit comes at the moment when its bucket opens, with 16 buckets and 3 replicas', async () => {
  const world = await openWorld(16);
  const replicas = ['a', 'b', 'c'];
  for (const shard of range(96)) {
    await world.askInTurn([shard], { replica: replicas[shard % 3] ?? 'a' });
    await world.advance(0.25);
  }
  await world.advance(INTERVAL_MS * 6);
  for (const bucket of range(16)) {
    const permits = world.served.filter((request) => request.permit?.bucket === bucket);
    expect(permits.map((request) => request.servedAt)).toEqual(slots(6, bucket * 0.25));
    expect(shardsOf(permits)).toEqual(range(6).map((round) => round * 16 + bucket));
  }
});

test('P9 requests are held while the limits are unknown, and served when they are known', async () => {
  const world = newWorld();
  await world.askInTurn([1, 2, 3]);
  await world.advance(3_600_000);
  expect(world.served).toEqual([]);
  expect(world.queue().size).toBe(3);
  await world.setLimits(2);
  await world.settle();
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [1, 3_600_000],
    [2, 3_600_000],
  ]);
  expect(world.errors).toEqual([]);
});

test('P9 with a new store the first waiter is served exactly when the first interval is over', async () => {
  const world = newWorld();
  await world.askInTurn([1]);
  await world.advance(4000);
  await world.setLimits(1);
  await world.advance(INTERVAL_MS);
  expect(world.served[0]?.servedAt).toBe(INTERVAL_MS);
});

test('P9 a waiter without session starts is served at the moment of a refresh that brings some', async () => {
  const world = await openWorld(1, { total: 1 });
  const [, next] = await world.askInTurn([0, 1]);
  await world.advance(60_000);
  expect(next?.held).toBe(true);
  await world.setLimits(1, { total: 10 });
  await world.settle();
  expect(next?.servedAt).toBe(60_000);
});

test('P3 P9 after the last session start the next waiter is served exactly at the reset', async () => {
  const world = await openWorld(1, {
    source: 'discord',
    budget: { remaining: 2, resetInMs: 100_000, askedMsAgo: 0 },
  });
  await world.askInTurn([0, 1]);
  await world.askInTurn([2], { replica: 'b' });
  await world.advance(200_000);
  // The reset was reported one interval before the world opened, and has a second of slack.
  const resetAt = 100_000 + 1000 - INTERVAL_MS;
  expect(world.served.map((request) => request.servedAt)).toEqual([0, INTERVAL_MS, resetAt]);
});

test('P3 P9 the last start goes to one shard only, and when its permit is released the next shard is served at once', async () => {
  const world = await openWorld(4, { total: 1 });
  await world.askInTurn([0, 1], { replica: 'a' });
  const [next] = await world.askInTurn([2], { replica: 'b' });
  await world.advance(30_000);
  expect(shardsOf(world.served)).toEqual([0]);
  const permit = world.served[0]?.permit;
  if (permit !== undefined) world.queue().release(permit);
  await world.settle();
  expect(world.served).toHaveLength(2);
  expect(world.served[1]?.servedAt).toBe(30_000);
  expect(next?.replica).toBe('b');
});

test.each<{ what: string; hold: 'pause' | 'budget' | 'limits' }>([
  { what: 'the end of a pause', hold: 'pause' },
  { what: 'a refresh of the budget', hold: 'budget' },
  { what: 'other limits', hold: 'limits' },
])('P9 when $what is not announced, it costs a second at most', async ({ hold }) => {
  const world = await openWorld(1, hold === 'budget' ? { total: 0 } : {});
  world.limiter().deaf = true;
  if (hold !== 'budget') await world.pause(null, hold === 'pause' ? null : 0);
  const [request] = await world.askInTurn([1]);
  await world.advance(10_400);
  expect(request?.held).toBe(true);
  if (hold === 'pause') await world.resume();
  if (hold === 'budget') await world.setLimits(1, { total: 5 });
  if (hold === 'limits') await world.setLimits(2);
  await world.advance(NOTICE_MS);
  expect(request?.servedAt).toBeLessThanOrEqual(10_400 + NOTICE_MS);
});

test('P9 when the withdrawal of a head is not announced, it costs a second at most', async () => {
  const world = await openWorld();
  await world.pause(INTERVAL_MS);
  const [gone] = await world.askInTurn([1], { replica: 'a' });
  const [next] = await world.askInTurn([2], { replica: 'b' });
  for (const replica of ['a', 'b']) world.limiter(replica).deaf = true;
  world.limiter('a').asleep = true;
  await world.advance(INTERVAL_MS);
  expect(next?.held).toBe(true);
  gone?.hangUp();
  world.limiter('a').asleep = false;
  await world.advance(NOTICE_MS * 2);
  expect(next?.servedAt).toBeLessThanOrEqual(INTERVAL_MS + NOTICE_MS * 2);
});

test('P9 changes of a bot without waiters cause no calls, and idle queues set no timer', async () => {
  const world = await openWorld();
  await world.askInTurn([1], { replica: 'a' });
  const calls = world.limiter('a').calls.length;
  await world.advance(10_000);
  await world.pause();
  await world.resume();
  await world.control.setLimits('other', { maxConcurrency: 1, total: 1, source: 'default' });
  await world.advance(10_000);
  expect(world.limiter('a').calls).toHaveLength(calls);
  expect(world.harness.clock.pendingTimers).toBe(0);
});
