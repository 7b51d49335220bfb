import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { type Request, shardsOf } from './request.ts';
import { BOT, newWorld, openWorld } from './world.ts';

test('P9 closing withdraws the head, so that no shard waits behind a closed replica', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0], { replica: 'b' });
  const waiters = await world.askInTurn([1, 2], { replica: 'a' });
  const [other] = await world.askInTurn([3], { replica: 'b' });
  for (const waiter of waiters) waiter.hangUp();
  await world.queue('a').close();
  await world.advance(60_000);
  expect(other?.servedAt).toBe(INTERVAL_MS);
});

test('P6 a shard that asks again has its old rank, although the answer to its enrolment is lost', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [first] = await world.askInTurn([1, 2, 3]);
  first?.hangUp();
  await world.advance(100);
  world.limiter().breakNext('enter', { fail: 'after' });
  await world.askInTurn([1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3]);
});

test('P6 a shard that asks again before a failed leave is repeated has its old rank', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [first] = await world.askInTurn([1, 2, 3]);
  world.limiter().breakNext('leave', { fail: 'before' });
  first?.hangUp();
  await world.advance(10);
  await world.askInTurn([1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3]);
});

test('P10 when hundreds of waiters leave while the limiter is away, the calls do not multiply', async () => {
  const world = await openWorld();
  const waiters = range(500).map((shard) => world.ask(shard));
  await world.settle();
  world.limiter().asleep = true;
  for (const waiter of waiters) waiter.hangUp();
  await world.advance(5000);
  const before = world.limiter().calls.length;
  await world.advance(10_000);
  expect((world.limiter().calls.length - before) / 10).toBeLessThan(50);
});

test('P6 a second request that comes in the same tick as the first hangs up gets its rank', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7, 8, 9]);
  // In the same tick as the hang-up.
  world.ask(7);
  first?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P6 a second request whose enrolment is slow to be answered gets the rank of the first', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7, 8, 9]);
  world.limiter().breakNext('enter', { replyDelayMs: 2 });
  world.ask(7);
  await world.advance(1);
  first?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P4 the second request gets the rank of the first also when the first hangs up as the bucket opens', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const requests: Request[] = [];
  world.harness.clock.setTimer(INTERVAL_MS, () => requests[0]?.hangUp());
  requests.push(...(await world.askInTurn([7, 8, 7])));
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 7, 8]);
});

test('P6 a shard that asks again while the answer with its permit is under way gets that permit', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 100 });
  const [first] = await world.askInTurn([1, 2, 3]);
  await world.advance(20);
  first?.hangUp();
  await world.advance(20);
  const [again] = await world.askInTurn([1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([1, 2, 3]);
  expect(again?.servedAt).toBe(100);
});

test('P6 P8 a shard that asks again while the question for its permit is under way has its old rank, and no second one', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { delayMs: 100 });
  const [first] = await world.askInTurn([1, 2, 3]);
  await world.advance(20);
  first?.hangUp();
  await world.advance(20);
  await world.askInTurn([1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([1, 2, 3]);
  const used = world.served.map((request) => world.usedBy(request)?.rank.ticket);
  expect(new Set(used).size).toBe(3);
  // No place of shard 1 is left over, which would be a rank served twice.
  await world.askInTurn([5, 1]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([1, 2, 3, 5, 1]);
});

test('P8 waiting with an aborted signal rejects, and does not throw', async () => {
  const world = await openWorld();
  const signal = AbortSignal.abort(new Error('gone'));
  let answer: Promise<unknown> | undefined;
  expect(
    () => (answer = world.queue().wait({ bot: BOT, shard: 1, priority: 'normal' }, signal)),
  ).not.toThrow();
  await expect(answer).rejects.toThrow('gone');
});

test('P9 when a head leaves just as the bucket opens, the head of another replica is served', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0], { replica: 'a' });
  const [first] = await world.askInTurn([1], { replica: 'a' });
  const [second] = await world.askInTurn([2], { replica: 'b' });
  await world.askInTurn([3], { replica: 'a' });
  await world.advanceTo(INTERVAL_MS - 1);
  world.limiter('a').breakNext('tryAcquire', { fail: 'before' });
  await world.advance(10);
  first?.hangUp();
  await world.advance(40 + 10);
  expect(second?.servedAt).toBeLessThanOrEqual(INTERVAL_MS + 60);
});

test('P8 a request that waits at the close, or comes after it, leaves no timer', async () => {
  const world = await openWorld();
  await world.pause();
  const [held] = await world.askInTurn([1]);
  await world.queue().close();
  const late = world.ask(2);
  const other = world.ask(3);
  await world.settle();
  held?.hangUp();
  late.hangUp();
  other.hangUp();
  await world.advance(10_000);
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('P4 a late answer with outdated limits does not bring these back', async () => {
  const world = await openWorld(1);
  await world.pause();
  await world.meet('a');
  await world.pause();
  await world.askInTurn([1, 2, 3]);
  await world.setLimits(2);
  await world.settle();
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 500 });
  await world.setLimits(3);
  await world.advance(100);
  await world.setLimits(4);
  await world.advance(2000);
  await world.resume();
  await world.settle();
  expect(world.served).toHaveLength(3);
});

test('P8 the rank of a released permit is held by one waiter only', async () => {
  const world = await openWorld();
  await world.meet('a');
  const limiter = world.limiter();
  limiter.breakNext('tryAcquire', { delayMs: 100 });
  limiter.breakNext('tryAcquire', { delayMs: 100 });
  const leaver = world.ask(null);
  await world.advance(20);
  leaver.hangUp();
  await world.advance(20);
  world.ask(null); // has the leaver's place and rank
  await world.advance(80); // the leaver's permit came and was released: its rank is a place again
  world.ask(null); // has the same place and rank
  await world.advance(100);
  // If the waiters asked for ever at this moment, the test would not end. So calls take time from here on.
  const before = limiter.calls.length;
  limiter.faultFor = () => (limiter.calls.length > before + 1000 ? { delayMs: 1000 } : undefined);
  await world.advance(INTERVAL_MS * 4);
  expect(limiter.calls.length - before).toBeLessThan(100);
  const used = world.served.map((request) => world.usedBy(request)?.rank.ticket);
  expect(new Set(used).size).toBe(used.length);
  expect(world.served).toHaveLength(2);
});

test('P6 a request that got the permit of another request of its shard holds no rank, also after a crash', async () => {
  const world = await newWorld('file').open(1);
  await world.askInTurn([0]);
  const [twin] = await world.askInTurn([7, 7]);
  await world.advanceTo(INTERVAL_MS - 10);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 100 });
  await world.advance(60); // the permit is given, and its answer under way
  twin?.hangUp();
  await world.advance(1000);
  expect(shardsOf(world.served)).toEqual([0, 7]);
  await world.crash();
  await world.askInTurn([20, 7]);
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 7, 20, 7]);
});
