import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { BOT, newWorld, openWorld } from './world.ts';

test('without waiters there are no lines', async () => {
  const world = await openWorld(2);
  const [served] = await world.askInTurn([0]);
  expect(served?.permit).toBeDefined();
  expect(world.queue().lines()).toEqual([]);
});

test('each line that has waiters, by bucket, with its head and its oldest waiter', async () => {
  const world = await openWorld(3);
  await world.askInTurn([2, 0]);
  await world.askInTurn([5, 3, 6]);
  await world.advance(1000);
  await world.askInTurn([8], { priority: 'high' });
  await world.advance(500);
  expect(world.queue().lines()).toEqual([
    {
      bot: BOT,
      lines: [
        {
          bucket: 0,
          waiting: 2,
          throttled: 0,
          head: {
            shard: 3,
            rank: expect.objectContaining({ priority: 'normal' }),
          },
          oldest: { joinedAt: world.startedAt, notEnrolledSince: null },
          reason: 'interval',
        },
        {
          bucket: 2,
          waiting: 2,
          throttled: 0,
          head: { shard: 8, rank: expect.objectContaining({ priority: 'high' }) },
          oldest: { joinedAt: world.startedAt, notEnrolledSince: null },
          reason: 'interval',
        },
      ],
    },
  ]);
});

test('the reason of a paused line is the pause', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1]);
  await world.pause();
  await world.advance(1000);
  expect(world.queue().lines()[0]?.lines).toMatchObject([{ reason: 'paused' }]);
  await world.resume();
  await world.advance(1000);
  expect(world.queue().lines()[0]?.lines).toMatchObject([{ reason: 'interval' }]);
});

test('the reason is line while the head of another replica ranks first', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 1], { replica: 'a' });
  await world.askInTurn([2], { replica: 'b' });
  world.limiter('a').asleep = true;
  await world.advance(INTERVAL_MS + 1000);
  expect(world.queue('b').lines()[0]?.lines).toMatchObject([{ reason: 'line' }]);
  expect(world.queue('a').lines()[0]?.lines).toMatchObject([{ reason: 'limiter-unavailable' }]);
});

test('a throttled waiter counts as waiting, and is not the head', async () => {
  const crashLoop = { burst: 1, windowMs: 60_000, below: 1 };
  const world = await newWorld('memory', { crashLoop }).open();
  await world.askInTurn([0]);
  await world.advance(INTERVAL_MS);
  await world.askInTurn([0]);
  await world.advance(1000);
  expect(world.queue().lines()).toEqual([
    {
      bot: BOT,
      lines: [
        {
          bucket: 0,
          waiting: 1,
          throttled: 1,
          head: null,
          oldest: { joinedAt: world.startedAt + INTERVAL_MS, notEnrolledSince: null },
          reason: 'crash-loop',
        },
      ],
    },
  ]);
  await world.askInTurn([1, 2]);
  expect(world.queue().lines()[0]?.lines).toMatchObject([
    { waiting: 2, throttled: 1, head: { shard: 2 }, reason: 'interval' },
  ]);
});

test('while the limiter fails, waiters that are not enrolled count for their buckets', async () => {
  const world = await openWorld(2);
  await world.meet('a');
  world.limiter().asleep = true;
  const oldest = { joinedAt: null, notEnrolledSince: world.harness.clock.wallNow() };
  await world.askInTurn([0, 1, 3]);
  await world.advance(10_000);
  const unavailable = { head: null, oldest, reason: 'limiter-unavailable' };
  expect(world.queue().lines()[0]?.lines).toMatchObject([
    { bucket: 0, waiting: 1, ...unavailable },
    { bucket: 1, waiting: 2, ...unavailable },
  ]);
  world.limiter().asleep = false;
  await world.advance(2 * INTERVAL_MS);
  expect(world.queue().lines()).toEqual([]);
});

test('while the limits are unknown, all waiters are in one line', async () => {
  const world = newWorld();
  await world.askInTurn([7, null]);
  expect(world.queue().lines()[0]?.lines).toMatchObject([
    { bucket: 0, waiting: 2, head: { shard: 7 }, reason: 'limits-unknown' },
  ]);
});
