import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P4 requests are served first come, first served, each as soon as the bucket opens', async () => {
  const world = await openWorld();
  await world.askInTurn([3, 1, 2, null, 0]);
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([3, 1, 2, null, 0]);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(5));
});

test('P4 requests that come at the same moment are served in the order in which they came', async () => {
  const world = await openWorld();
  for (const shard of range(300)) world.ask(shard);
  await world.advance(INTERVAL_MS * 300);
  expect(shardsOf(world.served)).toEqual(range(300));
});

test('P4 requests of two replicas are served by priority, then in the order in which they came', async () => {
  const world = await openWorld();
  await world.askInTurn([0], { replica: 'a' });
  await world.askInTurn([1], { replica: 'a' });
  await world.askInTurn([2], { replica: 'b' });
  await world.askInTurn([3], { replica: 'b', priority: 'high' });
  await world.askInTurn([4], { replica: 'a' });
  await world.askInTurn([5], { replica: 'a', priority: 'high' });
  await world.askInTurn([6], { replica: 'b' });
  await world.advance(INTERVAL_MS * 7);
  expect(shardsOf(world.served)).toEqual([0, 3, 5, 1, 2, 4, 6]);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(7));
});

test('P4 a line over three replicas is served in its order, and loses no slot', async () => {
  const world = await openWorld();
  for (const shard of range(60)) {
    const replica = ['a', 'b', 'c'][(shard * 7) % 3] ?? 'a';
    await world.askInTurn([shard], { replica });
  }
  await world.advance(INTERVAL_MS * 60);
  expect(shardsOf(world.served)).toEqual(range(60));
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(60));
});

test('P4 a request of high priority that comes last is next, although the head is about to go', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1, 2]);
  await world.advanceTo(INTERVAL_MS - 1);
  await world.askInTurn([9], { replica: 'b', priority: 'high' });
  await world.advanceTo(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 9, 1, 2]);
});

test('P4 buckets do not wait for one another', async () => {
  const world = await openWorld(4);
  await world.askInTurn([0, 4, 8, 1, 2, 5, 3]);
  await world.advance(INTERVAL_MS * 3);
  const byBucket = range(4).map((bucket) =>
    world.served
      .filter((request) => request.permit?.bucket === bucket)
      .map(({ shard, servedAt }) => [shard, servedAt]),
  );
  expect(byBucket).toEqual([
    [
      [0, 0],
      [4, INTERVAL_MS],
      [8, INTERVAL_MS * 2],
    ],
    [
      [1, 0],
      [5, INTERVAL_MS],
    ],
    [[2, 0]],
    [[3, 0]],
  ]);
});

test('P4 the permit names its bot, shard and bucket, and how long the request waited', async () => {
  const world = await openWorld(2);
  await world.askInTurn([1]);
  await world.advance(250);
  const [request] = await world.askInTurn([3]);
  await world.advance(INTERVAL_MS);
  expect(request?.permit).toMatchObject({ granted: true, bot: 'default', shard: 3, bucket: 1 });
  expect(request?.permit?.waitedMs).toBe(INTERVAL_MS - 250);
});

test('P4 of requests that come to an open bucket at the same moment, the one of high priority goes first', async () => {
  const world = await openWorld(2);
  world.ask(0);
  world.ask(1);
  world.ask(3, { priority: 'high' });
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([3, 0, 1]);
});
