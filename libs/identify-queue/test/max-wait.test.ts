import { expect, test } from 'vitest';
import { WaitOverError } from '../src/index.ts';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { type Request, shardsOf } from './request.ts';
import { openWorld, type World } from './world.ts';

const CLIENT_LIMIT_MS = 60_000;

/**
 * Asks as a client of /v1 does: whenever its time to wait is over, it asks the other replica again after a second, or
 * after half of its estimate if that is less. Resolves to the request that was served.
 */
async function persist(world: World, shard: number | null): Promise<Request> {
  for (let replica = 'a'; ; replica = replica === 'a' ? 'b' : 'a') {
    const request = world.ask(shard, { replica, maxWaitMs: CLIENT_LIMIT_MS });
    await request.ended;
    if (!(request.error instanceof WaitOverError)) return request;
    await world.later(Math.min(1000, (request.error.estimate.estimatedWaitMs ?? Infinity) / 2));
  }
}

test('a request is held for exactly as long as it may wait', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [request] = await world.askInTurn([1], { maxWaitMs: 1234.5 });
  await world.advanceTo(1234.25);
  expect(request?.held).toBe(true);
  await world.advanceTo(1234.5);
  expect(request?.error).toBeInstanceOf(WaitOverError);
  expect(request?.settledAt).toBe(1234.5);
  expect(world.queue().size).toBe(0);
  await world.advance(INTERVAL_MS);
  expect(request?.settled).toBe(1);
  expect(shardsOf(world.served)).toEqual([0]);
});

test('P6 a shard whose time to wait is over has its old rank when it asks again', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  await world.askInTurn([1], { maxWaitMs: 1000 });
  await world.askInTurn([2, 3]);
  await world.advance(2000);
  await world.askInTurn([1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3]);
});

test('P5 a request whose time to wait is over takes no permit from the waiters', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  await world.askInTurn(range(50, 1), { maxWaitMs: 1000 });
  const [next] = await world.askInTurn([99]);
  await world.advanceTo(INTERVAL_MS);
  expect(next?.servedAt).toBe(INTERVAL_MS);
});

test.each([
  ['another is at the head', [1, 2]],
  ['it is at the head itself', [2]],
])('no timer is left when the time is over while %s', async (_, shards) => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = await world.askInTurn(shards, { maxWaitMs: 1000 });
  await world.advance(1000);
  expect(waiters.every((waiter) => waiter.error instanceof WaitOverError)).toBe(true);
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('a request that was served, or hung up, before its time was over leaves no timer', async () => {
  const world = await openWorld();
  const [served, left] = await world.askInTurn([0, 1], { maxWaitMs: 60_000 });
  left?.hangUp();
  await world.advance(10);
  expect(world.harness.clock.pendingTimers).toBe(0);
  await world.advance(60_000);
  expect(served?.settled).toBe(1);
  expect(left?.error).toEqual(new Error('hung up'));
  expect(left?.settled).toBe(1);
});

test('P8 a request whose time to wait is over at the moment of its permit ends once, and no start is lost', async () => {
  const world = await openWorld();
  const [, request] = await world.askInTurn([0, 1], { maxWaitMs: INTERVAL_MS });
  await world.advance(INTERVAL_MS);
  expect(request?.settled).toBe(1);
  await world.advance(1000);
  expect(await world.remaining()).toBe(1000 - world.served.length);
});

test('P8 a permit that arrives after the time to wait is over is released', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 500 });
  const [late] = await world.askInTurn([1], { maxWaitMs: 200 });
  const [next] = await world.askInTurn([2]);
  await world.advance(500);
  expect(late?.error).toBeInstanceOf(WaitOverError);
  expect(next?.servedAt).toBe(500);
  expect(await world.remaining()).toBe(999);
});

test('a request that may wait 0 ms gets a permit if the limiter gives one in the same moment, and otherwise none', async () => {
  const world = await openWorld();
  await world.meet('a');
  await world.askInTurn([0]);
  const [none] = await world.askInTurn([1], { maxWaitMs: 0 });
  await world.settle();
  expect(none?.error).toBeInstanceOf(WaitOverError);
  expect(none?.settled).toBe(1);
});

test('the time to wait ends also while the limiter is away', async () => {
  const world = await openWorld();
  world.limiter().asleep = true;
  const [request] = await world.askInTurn([1], { maxWaitMs: 5000 });
  await world.advance(5000);
  expect(request?.settledAt).toBe(5000);
  expect(request?.error).toBeInstanceOf(WaitOverError);
});

test.each([7777, null])(
  'P6 shard %s, which asks again every 60 s in a line of 10 minutes, is served when an endless request would be',
  async (shard) => {
    const world = await openWorld();
    const ahead = 115;
    await world.askInTurn(range(ahead));
    const persisting = persist(world, shard);
    await world.settle();
    const behind = world.ask(ahead, { replica: 'b' });
    await world.advance(ahead * INTERVAL_MS);
    const served = await persisting;
    expect(served.servedAt).toBe(ahead * INTERVAL_MS);
    await world.advance(INTERVAL_MS);
    expect(behind.servedAt).toBe((ahead + 1) * INTERVAL_MS);
  },
);

test('P6 a line of requests with limited waits drains as a line of endless requests does', async () => {
  const world = await openWorld();
  for (const shard of range(40)) {
    void persist(world, shard);
    // So that no more shards are away at a time than the limiter keeps places.
    await world.advance(251);
  }
  await world.advance(40 * INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual(range(40));
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(40));
});
