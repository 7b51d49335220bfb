import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test('P5 9999 of 10 000 waiters hang up, and the last one has its permit when the bucket opens', async () => {
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

test('P5 the same when all of them are requests of one shard', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const waiters = range(10_000).map(() => world.ask(7));
  await world.settle();
  for (const waiter of waiters.slice(0, -1)) waiter.hangUp();
  await world.advance(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 7]);
  expect(waiters.at(-1)?.servedAt).toBe(INTERVAL_MS);
});

test('P5 each head that hangs up wakes the next, up to the moment when the bucket opens', async () => {
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

test('P5 who hangs up before it has entered takes no permit, and the next has it at once', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('enter', { delayMs: 40, replyDelayMs: 40 });
  const entering = world.ask(1);
  const waiting = world.ask(2);
  await world.advance(60);
  entering.hangUp();
  await world.advance(20);
  expect(shardsOf(world.served)).toEqual([2]);
  expect(waiting.servedAt).toBe(80);
  expect(await world.remaining()).toBe(999);
});

test('P5 who hangs up at once never enters', async () => {
  const world = await openWorld();
  await world.meet('a');
  const gone = world.ask(1);
  gone.hangUp();
  await world.advance(1000);
  expect(gone.error).toEqual(new Error('hung up'));
  expect(world.limiter().calls).toEqual([]);
});

test('P5 who hangs up before it is known to have entered leaves, and is asked for by nobody', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('enter', { fail: 'before' });
  const gone = world.ask(1);
  await world.settle();
  gone.hangUp();
  await world.advance(1000);
  expect(gone.error).toEqual(new Error('hung up'));
  // The try that failed may have had its effect, so it is repeated, and undone.
  expect(world.limiter().calls.map((call) => call.operation)).toEqual(['enter', 'enter', 'leave']);
});

test.each([
  { when: 'the question', fault: { delayMs: 100 } },
  { when: 'the answer', fault: { replyDelayMs: 100 } },
])(
  'P5 who hangs up while $when is under way costs nothing, and the next is served at once',
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

test('P5 a permit whose asker hung up goes to another replica, if that is where the next waits', async () => {
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

test('P5 nobody waits behind the head of a replica whose waiters are all gone', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const gone = await world.askInTurn([1, 2, 3], { replica: 'a' });
  const [other] = await world.askInTurn([4], { replica: 'b' });
  await world.advance(3000);
  for (const waiter of gone) waiter.hangUp();
  await world.advance(INTERVAL_MS - 3000);
  expect(other?.servedAt).toBe(INTERVAL_MS);
});

test('P5 a permit that did not reach its shard is released: the next is served at once, the budget is whole', async () => {
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

test('P4 a permit that nobody takes goes to the next in line, and not to a later one of another replica', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.pause();
  const [gone] = await world.askInTurn([1, 2]);
  await world.askInTurn([3], { replica: 'b' });
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 20 });
  // What `a` asks after that is as long under way as what it releases.
  world.limiter('a').breakNext('tryAcquire', { delayMs: 20 });
  world.limiter('a').breakNext('release', { delayMs: 20 });
  await world.resume();
  await world.settle();
  gone?.hangUp();
  await world.advance(100);
  expect(shardsOf(world.served)).toEqual([2]);
});
