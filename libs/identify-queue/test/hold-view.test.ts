import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { BOT, newWorld, openWorld, type World } from './world.ts';

/** What holds the bot's waiters back. */
function holdsOf(world: World) {
  return world.queue().holds();
}

function holding(...holds: object[]) {
  return [{ bot: BOT, holds }];
}

test('P12 a line that moves is not held back, whether by the interval or by another replica', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 1], { replica: 'b' });
  await world.askInTurn([2]);
  world.limiter('b').asleep = true;
  await world.advance(INTERVAL_MS + 1000);
  expect(world.queue().lines()[0]?.lines).toMatchObject([{ reason: 'line' }]);
  expect(holdsOf(world)).toEqual([]);
});

test('P12 a pause holds the waiters of its bucket back, until its end', async () => {
  const world = await openWorld(2);
  await world.askInTurn([0, 1, 2, 3, 5]);
  await world.pause(60_000, 1);
  await world.settle();
  expect(holdsOf(world)).toEqual(
    holding({ bucket: 1, reason: 'paused', waiting: 2, endsInMs: 60_000 }),
  );
  await world.advance(1000);
  expect(holdsOf(world)).toMatchObject(holding({ endsInMs: 59_000 }));
  await world.resume(1);
  await world.settle();
  expect(holdsOf(world)).toEqual([]);
});

test('P12 without session starts the waiters are held back until the reset', async () => {
  const budget = { remaining: 1, resetInMs: 100_000, askedMsAgo: 0 };
  const world = await openWorld(1, { source: 'discord', budget });
  await world.askInTurn([0, 1]);
  expect(holdsOf(world)).toMatchObject(
    holding({ bucket: 0, reason: 'budget', waiting: 1, endsInMs: expect.any(Number) }),
  );
});

test('P12 a throttled waiter is held back while others of its bucket are not', async () => {
  const crashLoop = { burst: 1, windowMs: 60_000, below: 1 };
  const world = await newWorld('memory', { crashLoop }).open();
  await world.askInTurn([0]);
  await world.advance(INTERVAL_MS);
  await world.askInTurn([0, 1, 2]);
  await world.advance(1000);
  expect(holdsOf(world)).toEqual(
    holding({
      bucket: 0,
      reason: 'crash-loop',
      waiting: 1,
      endsInMs: 60_000 - INTERVAL_MS - 1000,
    }),
  );
});

test('P12 without limits all waiters are held back', async () => {
  const world = newWorld();
  await world.askInTurn([7, null]);
  expect(holdsOf(world)).toEqual(
    holding({ bucket: 0, reason: 'limits-unknown', waiting: 2, endsInMs: null }),
  );
});

test('P12 while the limiter fails, enrolled and not enrolled waiters are held back', async () => {
  const world = await openWorld(2);
  await world.askInTurn([0, 2]);
  world.limiter().asleep = true;
  await world.askInTurn([1, 3]);
  await world.advance(10_000);
  expect(holdsOf(world)).toEqual(
    holding({ bucket: null, reason: 'limiter-unavailable', waiting: 3, endsInMs: null }),
  );
});
