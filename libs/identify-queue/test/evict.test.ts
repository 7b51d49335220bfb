import { expect, test } from 'vitest';
import { EvictedError } from '../src/index.ts';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { BOT, openWorld, type World } from './world.ts';

test('P5 P6 P8 an evicted waiter is told so, takes no permit, and has no place', async () => {
  const world = await openWorld();
  const [, evicted] = await world.askInTurn([0, 1, 2]);
  await evict(world, 1);
  expect(evicted?.error).toBeInstanceOf(EvictedError);
  expect(world.queue().size).toBe(1);
  await world.askInTurn([1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 2, 1]);
  expect(evicted?.settled).toBe(1);
});

test('P4 when a waiter is evicted, another request of the same shard keeps its own rank', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1, 2, 1]);
  await evict(world, 1);
  await world.advance(INTERVAL_MS * 4);
  expect(shardsOf(world.served)).toEqual([0, 2, 1]);
});

test('P5 a waiter that is being enrolled can be evicted', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  world.limiter().breakNext('enter', { replyDelayMs: 300 });
  const enrolling = world.ask(1);
  await world.settle();
  await evict(world, 1);
  expect(enrolling.error).toBeInstanceOf(EvictedError);
  await world.advance(INTERVAL_MS);
  expect(await world.waiters()).toEqual([]);
});

/** An operator evicts the first waiter of this shard, at another replica. */
async function evict(world: World, shard: number): Promise<void> {
  const waiters = await world.waiters();
  const found = waiters.find((waiter) => waiter.shard === shard);
  expect(await world.control.evict(BOT, found?.id ?? '')).toBe(true);
  await world.settle();
}
