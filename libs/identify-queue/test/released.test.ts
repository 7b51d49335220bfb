import type { Permit } from '@gateway-queue/identify-limiter';
import { expect, test } from 'vitest';
import { INTERVAL_MS, slots } from './numbers.ts';
import { type Request, shardsOf } from './request.ts';
import { openWorld } from './world.ts';

function givenTo(request: Request | undefined): Permit {
  if (request?.permit === undefined) throw new Error('no permit');
  return request.permit;
}

test('P6 a request that is enrolled while a permit of its shard is released gets the rank of that permit', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  world.limiter().breakNext('enter', { replyDelayMs: 500 });
  const [again] = await world.askInTurn([7]);
  await world.advance(100);
  world.queue().release(givenTo(early));
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([7, 7, 8, 9]);
  // Its enrolment is answered then, and it is enrolled again.
  expect(again?.servedAt).toBe(500);
});

test('P6 a waiting request gets the rank of a permit of its shard that another replica releases', async () => {
  const world = await openWorld();
  await world.meet('a', 'b', 'c');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  await world.askInTurn([7], { replica: 'b' });
  await world.advance(INTERVAL_MS);
  world.queue('c').release(givenTo(early));
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([7, 8, 7, 9]);
});

test('P4 P6 when a permit is released before the interval is over, the bucket opens for the waiting request of its shard', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9, 7]);
  await world.advance(100);
  world.queue('b').release(givenTo(early));
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([7, 7, 8, 9]);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, ...slots(3, 100)]);
});

test('P4 P6 when two permits are released at once, the waiting request of each shard gets the next one', async () => {
  const world = await openWorld(2);
  const early = await world.askInTurn([6, 7]);
  await world.askInTurn([8, 9, 6, 7]);
  await world.advance(100);
  for (const request of early) world.queue().release(givenTo(request));
  await world.advance(INTERVAL_MS * 3);
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [6, 0],
    [7, 0],
    [6, 100],
    [7, 100],
    [8, 100 + INTERVAL_MS],
    [9, 100 + INTERVAL_MS],
  ]);
});

test('P9 a waiter that hangs up while it is enrolled for a place no longer delays the other shards', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [early] = await world.askInTurn([7]);
  const [, again] = await world.askInTurn([8, 7]);
  await world.advance(100);
  world.limiter().breakNext('enter', { replyDelayMs: 300 });
  world.queue().release(givenTo(early));
  await world.advance(200);
  expect(shardsOf(world.served)).toEqual([7]);
  again?.hangUp();
  await world.settle();
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [7, 0],
    [8, 300],
  ]);
});
