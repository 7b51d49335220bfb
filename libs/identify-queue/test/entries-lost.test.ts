import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P4 who waits while the store forgets all entries goes on in its place, before newcomers elsewhere', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  await world.askInTurn([1, null, 3, 4]);
  await world.limiter().loseEntries();
  await world.askInTurn([5, null], { replica: 'b' });
  await world.advance(INTERVAL_MS * 7);
  expect(shardsOf(world.served)).toEqual([0, 1, null, 3, 4, 5, null]);
  expect(world.served.at(-1)?.replica).toBe('b');
});

test('P6 and whoever hangs up then has its place, not the first of the line alone', async () => {
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

test('P10 hundreds enter again so many at a time that the first of the line is not held up', async () => {
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
