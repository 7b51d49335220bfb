import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P4 a waiter whose entry the store has lost keeps its rank, before shards that join at another replica later', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  await world.askInTurn([1, null, 3, 4]);
  await world.limiter().loseEntries();
  await world.askInTurn([5, null], { replica: 'b' });
  await world.advance(INTERVAL_MS * 7);
  expect(shardsOf(world.served)).toEqual([0, 1, null, 3, 4, 5, null]);
  expect(world.served.at(-1)?.replica).toBe('b');
});

test('P6 when the store has lost all entries, every waiter of the line that hangs up then has its place', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiting = await world.askInTurn([1, 2, 3]);
  await world.limiter().loseEntries();
  await world.settle();
  for (const request of waiting) request.hangUp();
  await world.settle();
  await world.askInTurn([4, 3, 2, 1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4]);
});

test('P10 hundreds of waiters are enrolled again in batches, so that the first in line is not held up', async () => {
  const world = await openWorld();
  for (const shard of range(301)) {
    world.ask(shard);
    await world.advance(1);
  }
  const { calls } = world.limiter();
  calls.length = 0;
  await world.limiter().loseEntries();
  world.limiter().breakNext('enter', {});
  world.limiter().breakNext('enter', { delayMs: INTERVAL_MS * 3 });
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([0, 1, 2]);
  await world.advance(INTERVAL_MS * 2);
  expect(calls.filter(({ operation }) => operation === 'enter')).toHaveLength(2);
});

test('P4 waiters that joined together keep their order when all entries are lost while the limiter is asked for the first', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  for (const shard of [1, 2, 3]) world.ask(shard);
  await world.settle();
  // The question for the head is repeated, as while the store is away.
  world.limiter().breakNext('tryAcquire', { fail: 'before', delayMs: 100 });
  await world.advance(1000);
  await world.limiter().loseEntries();
  await world.advance(INTERVAL_MS * 6);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3]);
});

test('P4 a request that names no shard keeps its rank when all entries are lost, though a later one left a place', async () => {
  const world = await openWorld();
  await world.askInTurn([0, null, 5]);
  const [late] = await world.askInTurn([null], { replica: 'b' });
  late?.hangUp();
  await world.settle();
  await world.limiter().loseEntries();
  await world.advance(INTERVAL_MS * 6);
  expect(shardsOf(world.served)).toEqual([0, null, 5]);
});

test('P6 a waiter that leaves tells the limiter its rank, in case the store has lost it', async () => {
  const world = await openWorld();
  const [, leaving] = await world.askInTurn([0, 1]);
  const [waiter] = await world.waiters();
  leaving?.hangUp();
  await world.settle();
  expect(world.limiter().left).toMatchObject([{ shard: 1, rank: waiter?.rank }]);
});

test('P9 the head of one bucket is not held up while the long line of another bucket is enrolled again', async () => {
  const world = await openWorld(2);
  await world.askInTurn([1]);
  for (const index of range(600)) world.ask(index * 2);
  await world.advance(1);
  const [own] = await world.askInTurn([3]);
  world.limiter().faultFor = (operation) => (operation === 'enter' ? { delayMs: 200 } : undefined);
  await world.advanceTo(INTERVAL_MS - 300);
  await world.limiter().loseEntries();
  await world.advance(INTERVAL_MS);
  expect(own?.servedAt).toBe(INTERVAL_MS);
});

test('P9 a waiter that was kept behind one as old as itself is enrolled once that one has its permit', async () => {
  const world = await openWorld(2);
  await world.meet('a');
  const closesBucketOne = world.ask(3);
  await world.settle();
  expect(closesBucketOne.servedAt).toBe(0);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 200 });
  const [first, second] = [world.ask(0), world.ask(1)];
  await world.advance(100);
  await world.limiter().loseEntries();
  await world.advance(100);
  expect(first.servedAt).toBe(200);
  await world.advanceTo(INTERVAL_MS);
  expect(second.servedAt).toBe(INTERVAL_MS);
});
