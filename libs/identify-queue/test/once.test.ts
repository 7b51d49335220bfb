import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { BOT, openWorld } from './world.ts';

test('P8 when the answer with a permit is lost, the question is repeated, and the permit is spent once', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { fail: 'after' });
  world.limiter().breakNext('tryAcquire', { fail: 'after' });
  const [first, second] = await world.askInTurn([1, 2]);
  await world.advance(150);
  expect(first?.servedAt).toBe(150);
  expect(await world.remaining()).toBe(999);
  // The bucket was closed when the permit was given, not when its answer arrived.
  await world.advance(INTERVAL_MS);
  expect(second?.servedAt).toBe(INTERVAL_MS);
  expect(world.errors).toHaveLength(2);
});

test('P8 when a waiter left before the repeated question was answered, its permit is released once', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { fail: 'after' });
  const [leaver, next] = await world.askInTurn([1, 2]);
  await world.advance(20);
  leaver?.hangUp();
  await world.advance(1000);
  expect(next?.servedAt).toBe(50);
  expect(leaver?.settled).toBe(1);
  expect(await world.remaining()).toBe(999);
  expect(world.limiter().calls.filter((call) => call.operation === 'release')).toHaveLength(1);
});

test('P8 a release whose answer is lost is repeated, and counts once', async () => {
  const world = await openWorld();
  const [unlucky] = await world.askInTurn([1]);
  world.limiter().breakNext('release', { fail: 'before' });
  world.limiter().breakNext('release', { fail: 'after' });
  if (unlucky?.permit !== undefined) world.queue().release(unlucky.permit);
  await world.advance(1000);
  expect(await world.remaining()).toBe(1000);
  const calls = world.limiter().calls.filter((call) => call.operation === 'release');
  expect(calls).toHaveLength(3);
});

test('P8 a withdrawal whose answer is lost is repeated, so that no shard waits behind a head that has left', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [gone] = await world.askInTurn([1], { replica: 'a' });
  const [other] = await world.askInTurn([2], { replica: 'b' });
  world.limiter('a').breakNext('withdrawHead', { fail: 'before' });
  world.limiter('a').breakNext('withdrawHead', { fail: 'after' });
  gone?.hangUp();
  await world.advance(INTERVAL_MS);
  expect(other?.servedAt).toBe(INTERVAL_MS);
});

test('P8 hanging up after the permit came changes nothing', async () => {
  const world = await openWorld();
  const [request] = await world.askInTurn([1]);
  request?.hangUp();
  await world.settle();
  expect(request?.settled).toBe(1);
  expect(request?.permit).toBeDefined();
  expect(world.queue().size).toBe(0);
});

test('P8 a wait rejects with the reason of its signal at once, whatever the limiter does', async () => {
  const world = await openWorld();
  world.limiter().asleep = true;
  const [enrolling] = await world.askInTurn([1]);
  enrolling?.hangUp();
  await world.settle();
  expect(enrolling?.error).toEqual(new Error('hung up'));
  expect(world.queue().size).toBe(0);
});

test('P8 a failed enrolment is repeated, and its waiters keep their order', async () => {
  const world = await openWorld();
  world.limiter().breakNext('enter', { fail: 'before' });
  const requests = [5, 4, 3].map((shard) => world.ask(shard));
  expect(world.queue().size).toBe(3);
  await world.advance(50 + INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([5, 4, 3]);
  expect(requests[0]?.servedAt).toBe(50);
});

test('P2 a request that does not ask to confirm gets a permit that need not be confirmed', async () => {
  const world = await openWorld(2);
  const request = { bot: BOT, shard: 1, priority: 'normal' as const };
  const waiting = world.queue().wait(request, new AbortController().signal);
  await world.settle();
  expect((await waiting).confirmWithinMs).toBeNull();
  await world.askInTurn([0], { confirm: true });
  expect(world.served[0]?.permit?.confirmWithinMs).toBe(10_000);
});
