import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { openWorld } from './world.ts';

test('closing leaves no timer, although a line was waiting for its bucket to open', async () => {
  const world = await openWorld();
  const waiters = await world.askInTurn([0, 1, 2]);
  for (const waiter of waiters) waiter.hangUp();
  await world.queue().close();
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('closing after 10 000 waiters hung up leaves no call under way', async () => {
  const world = await openWorld(16);
  const waiters = range(10_000).map((shard) => world.ask(shard));
  await world.settle();
  for (const waiter of waiters) waiter.hangUp();
  await world.queue().close();
  const calls = world.limiter().calls.length;
  expect(world.harness.clock.pendingTimers).toBe(0);
  await world.advance(60_000);
  expect(world.limiter().calls).toHaveLength(calls);
  expect(world.queue().size).toBe(0);
  expect(waiters.every((waiter) => waiter.settled === 1)).toBe(true);
});

test('P8 closing waits for the question that is under way, and releases its permit', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 300 });
  const [waiter] = await world.askInTurn([1]);
  waiter?.hangUp();
  let closed = false;
  const closing = world
    .queue()
    .close()
    .then(() => (closed = true));
  await world.advance(299);
  expect(closed).toBe(false);
  await world.advance(1);
  await closing;
  expect(await world.remaining()).toBe(1000);
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('P6 closing waits until the places of the shards that left are kept', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = await world.askInTurn([1, 2], { replica: 'a' });
  await world.askInTurn([3], { replica: 'b' });
  world.limiter('a').breakNext('leave', { delayMs: 200 });
  for (const waiter of waiters) waiter.hangUp();
  await world.settle();
  let closed = false;
  const closing = world
    .queue('a')
    .close()
    .then(() => (closed = true));
  await world.advance(199);
  expect(closed).toBe(false);
  await world.advance(1);
  await closing;
  await world.askInTurn([2, 1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 4);
  expect(world.served.map((request) => request.shard)).toEqual([0, 1, 2, 3]);
});

test('closing while the limiter is away ends after one more try of each call', async () => {
  const world = await openWorld();
  const waiters = await world.askInTurn([0, 1, 2]);
  world.limiter().asleep = true;
  for (const waiter of waiters) waiter.hangUp();
  await world.advance(10_000);
  const before = world.limiter().calls.length;
  await world.queue().close();
  expect(world.harness.clock.pendingTimers).toBe(0);
  expect(world.limiter().calls.length - before).toBeLessThanOrEqual(waiters.length + 1);
});

test('closing twice, or before any request came, does nothing', async () => {
  const world = await openWorld();
  await Promise.all([world.queue().close(), world.queue().close()]);
  await world.queue().close();
  await world.pause();
  await world.settle();
  expect(world.limiter().calls).toEqual([]);
});
