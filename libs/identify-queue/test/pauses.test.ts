import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P7 no permit is given between pause and resume, although a timer was due', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  await world.askInTurn([1], { replica: 'a' });
  await world.askInTurn([2], { replica: 'b' });
  await world.advanceTo(INTERVAL_MS - 1);
  await world.pause();
  await world.advanceTo(60_000);
  expect(shardsOf(world.served)).toEqual([0]);
  await world.resume();
  await world.advance(INTERVAL_MS);
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [0, 0],
    [1, 60_000],
    [2, 60_000 + INTERVAL_MS],
  ]);
});

test('P7 a pause that is lifted before the bucket opens delays no permit', async () => {
  const world = await openWorld();
  const [, next] = await world.askInTurn([0, 1]);
  await world.pause();
  await world.advance(1234);
  await world.resume();
  await world.advanceTo(INTERVAL_MS);
  expect(next?.servedAt).toBe(INTERVAL_MS);
});

test('P7 P9 a timed pause ends by itself at its moment', async () => {
  const world = await openWorld();
  await world.pause(90_000.5);
  await world.askInTurn([2], { replica: 'b' });
  await world.askInTurn([1], { replica: 'a', priority: 'high' });
  await world.advance(120_000);
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [1, 90_000.5],
    [2, 90_000.5 + INTERVAL_MS],
  ]);
});

test('P7 while one bucket is paused, the others go on', async () => {
  const world = await openWorld(2);
  await world.pause(null, 1);
  await world.askInTurn([1, 0, 3, 2]);
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 2]);
  await world.resume(1);
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 2, 1, 3]);
});

test('P7 during a pause shards join and leave the line, and none is served', async () => {
  const world = await openWorld();
  await world.pause();
  const [leaver] = await world.askInTurn([1, 2], { replica: 'a' });
  await world.advance(30_000);
  await world.askInTurn([3], { replica: 'b', priority: 'high' });
  leaver?.hangUp();
  await world.advance(30_000);
  expect(world.served).toEqual([]);
  await world.resume();
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([3, 2]);
});

test('P7 a pause holds although the question for a permit was under way when it began', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { delayMs: 100 });
  await world.askInTurn([1]);
  await world.pause();
  await world.advance(10_000);
  expect(world.served).toEqual([]);
});
