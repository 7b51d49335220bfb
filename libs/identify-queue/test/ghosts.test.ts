import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P5 when 9999 of 10 000 waiters hang up, the last one gets its permit when the bucket opens', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = range(10_000, 1).map((shard) => world.ask(shard));
  await world.settle();
  for (const waiter of waiters.slice(0, -1)) waiter.hangUp();
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 10_000]);
  expect(waiters.at(-1)?.servedAt).toBe(INTERVAL_MS);
  expect(world.queue().size).toBe(0);
  expect(await world.remaining()).toBe(998);
});

test('P5 when 9999 of 10 000 requests of one shard hang up, the last one gets its permit when the bucket opens', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = range(10_000).map(() => world.ask(7));
  await world.settle();
  for (const waiter of waiters.slice(0, -1)) waiter.hangUp();
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 7]);
  expect(waiters.at(-1)?.servedAt).toBe(INTERVAL_MS);
});

test('P5 when one head after the other hangs up, the limiter is asked for the next, up to the moment when the bucket opens', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = await world.askInTurn([1, 2, 3, 4, 5]);
  for (const waiter of waiters.slice(0, 4)) {
    await world.advance(1312);
    waiter.hangUp();
  }
  await world.advanceTo(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 5]);
  expect(waiters[4]?.servedAt).toBe(INTERVAL_MS);
});

test('P5 a waiter that hangs up before it is enrolled takes no permit, and the next gets it at once', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('enter', { delayMs: 40, replyDelayMs: 40 });
  const enrolling = world.ask(1);
  const waiting = world.ask(2);
  await world.advance(60);
  enrolling.hangUp();
  await world.advance(20);
  expect(shardsOf(world.served)).toEqual([2]);
  expect(waiting.servedAt).toBe(80);
  expect(await world.remaining()).toBe(999);
});

test('P5 a waiter that hangs up at once is never enrolled', async () => {
  const world = await openWorld();
  await world.meet('a');
  const gone = world.ask(1);
  gone.hangUp();
  await world.advance(1000);
  expect(gone.error).toEqual(new Error('hung up'));
  expect(world.limiter().calls).toEqual([]);
});

test('P5 a waiter that hangs up while its enrolment is repeated leaves, and the limiter is not asked for its permit', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('enter', { fail: 'before' });
  const gone = world.ask(1);
  await world.settle();
  gone.hangUp();
  await world.advance(1000);
  expect(gone.error).toEqual(new Error('hung up'));
  // The failed call may have had its effect. So it is repeated, and then undone.
  expect(world.limiter().calls.map((call) => call.operation)).toEqual(['enter', 'enter', 'leave']);
});

test.each([
  { when: 'the question', fault: { delayMs: 100 } },
  { when: 'the answer', fault: { replyDelayMs: 100 } },
])(
  'P5 a waiter that hangs up while $when is under way takes no permit, and the next is served at once',
  async ({ fault }) => {
    const world = await openWorld();
    await world.meet('a');
    world.limiter().breakNext('tryAcquire', fault);
    const [leaver, next] = await world.askInTurn([1, 2]);
    await world.advance(50);
    leaver?.hangUp();
    await world.advance(50);
    expect(shardsOf(world.served)).toEqual([2]);
    expect(next?.servedAt).toBe(100);
    expect(await world.remaining()).toBe(999);
    expect(world.queue().size).toBe(0);
  },
);

test('P5 the permit of a waiter that hung up goes to another replica, when the next waiter is there', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 100 });
  const [leaver] = await world.askInTurn([1], { replica: 'a' });
  const [next] = await world.askInTurn([2], { replica: 'b' });
  await world.advance(50);
  leaver?.hangUp();
  await world.advance(50);
  expect(next?.servedAt).toBe(100);
  expect(await world.remaining()).toBe(999);
});

test('P5 no shard waits behind the head of a replica whose waiters have all left', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const gone = await world.askInTurn([1, 2, 3], { replica: 'a' });
  const [other] = await world.askInTurn([4], { replica: 'b' });
  await world.advance(3000);
  for (const waiter of gone) waiter.hangUp();
  await world.advance(INTERVAL_MS - 3000);
  expect(other?.servedAt).toBe(INTERVAL_MS);
});

test('P5 when a permit that did not reach its shard is released, the next is served at once, and the budget is whole', async () => {
  const world = await openWorld();
  const [unlucky, next] = await world.askInTurn([1, 2]);
  await world.advance(700);
  if (unlucky?.permit !== undefined) world.queue().release(unlucky.permit);
  await world.settle();
  expect(next?.servedAt).toBe(700);
  expect(await world.remaining()).toBe(999);
  const [again] = await world.askInTurn([1]);
  const later = await world.askInTurn([3], { replica: 'b' });
  await world.advance(INTERVAL_MS * 2);
  expect([again?.servedAt, later[0]?.servedAt]).toEqual([700 + INTERVAL_MS, 700 + INTERVAL_MS * 2]);
});

test('P4 the permit of a waiter that left goes to the next in line, and not to a later one of another replica', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.pause();
  const [gone] = await world.askInTurn([1, 2]);
  await world.askInTurn([3], { replica: 'b' });
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 20 });
  // The next question of `a` takes as long as its release.
  world.limiter('a').breakNext('tryAcquire', { delayMs: 20 });
  world.limiter('a').breakNext('release', { delayMs: 20 });
  await world.resume();
  await world.settle();
  gone?.hangUp();
  await world.advance(100);
  expect(shardsOf(world.served)).toEqual([2]);
});
