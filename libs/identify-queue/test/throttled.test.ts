import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { BOT, newWorld, type World } from './world.ts';

const WINDOW_MS = 60_000;

/** Each permit throttles its shard for a minute. */
const crashLoop = { burst: 1, windowMs: WINDOW_MS, below: 1 };

/** Shard 0 got its permit at 0, and is throttled until {@link WINDOW_MS}. */
async function worldWithThrottled(confirmTimeoutMs = 10_000) {
  const world = await newWorld('memory', { crashLoop, confirmTimeoutMs }).open();
  const [, throttled] = await world.askInTurn([0, 0]);
  if (throttled === undefined) throw new Error('no request was made');
  return { world, throttled };
}

/** Keeps the bucket closed until the throttling is over, so that the ranks alone decide. */
async function closeForLong(world: World): Promise<void> {
  await world.askInTurn([900], { confirm: true });
  await world.advanceTo(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 900]);
}

function asked(world: World, replica = 'a'): number {
  return world.limiter(replica).calls.filter((call) => call.operation === 'tryAcquire').length;
}

test('P9 waiters behind a throttled shard pass it without delay, and it goes when its throttling ends', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.askInTurn([1, 2], { replica: 'a' });
  await world.askInTurn([3, 4], { replica: 'b' });
  await world.advanceTo(WINDOW_MS);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4, 0]);
  const moments = world.served.slice(0, 5).map((request) => request.servedAt);
  expect(moments).toEqual(slots(5));
  expect(throttled.servedAt).toBe(WINDOW_MS);
});

test('P9 a throttled shard of high priority holds up no other shard', async () => {
  const { world } = await worldWithThrottled();
  await world.askInTurn([0], { priority: 'high' });
  await world.askInTurn([1], { replica: 'b' });
  await world.askInTurn([2], { replica: 'a' });
  await world.advanceTo(INTERVAL_MS * 2);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(3));
});

test('P4 a waiter whose throttling ended is back in line at its rank', async () => {
  const { world } = await worldWithThrottled(100_000);
  await closeForLong(world);
  await world.askInTurn([1, 2], { replica: 'a' });
  await world.advanceTo(WINDOW_MS - 1);
  await world.askInTurn([3], { replica: 'b' });
  // The permit that is not confirmed keeps the bucket closed until then.
  await world.advanceTo(INTERVAL_MS + 100_000 + INTERVAL_MS * 4);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1, 2, 3]);
  expect(world.served[2]?.servedAt).toBe(INTERVAL_MS * 2 + 100_000);
});

test('P6 a throttled waiter that takes over a rank is back in line at that rank', async () => {
  const { world, throttled } = await worldWithThrottled(100_000);
  await closeForLong(world);
  const [away] = await world.askInTurn([1]);
  away?.hangUp();
  await world.settle();
  const [second] = await world.askInTurn([0]);
  // Takes the place, which is before the second request of shard 0 and behind its first.
  await world.askInTurn([1]);
  const timers = world.harness.clock.pendingTimers;
  throttled.hangUp();
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(timers - 1);
  await world.advanceTo(INTERVAL_MS * 3 + 100_000);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1]);
  expect(second?.servedAt).toBe(INTERVAL_MS * 2 + 100_000);
});

test('the limiter is asked for a throttled waiter every ten seconds, and not more often', async () => {
  const { world } = await worldWithThrottled();
  await world.advance(1500);
  const before = asked(world);
  await world.advance(50_000);
  expect(asked(world) - before).toBe(5);
});

test('while many waiters are throttled, the calls of the limiter grow with their number alone', async () => {
  const many = 40;
  const world = await newWorld('memory', { crashLoop }).open(many);
  await world.askInTurn(range(many));
  await world.setLimits(1);
  await world.askInTurn(range(many), { replica: 'a' });
  await world.askInTurn([900, 901, 902]);
  await world.advance(1500);
  const before = asked(world);
  await world.advance(10_000);
  // Once a second for each throttled waiter and for the head behind it, and a few times for the permits.
  expect(asked(world) - before).toBeLessThanOrEqual(10 * (2 * many + 1) + 10);
});

test('a throttled waiter wakes another replica at most once for each question', async () => {
  const { world } = await worldWithThrottled();
  await world.askInTurn([900], { confirm: true });
  await world.advanceTo(INTERVAL_MS + 1000);
  await world.askInTurn([1], { replica: 'b' });
  const before = asked(world, 'b');
  await world.advance(5000);
  expect(asked(world, 'b') - before).toBeLessThanOrEqual(15);
});

test('a throttled waiter that leaves leaves no timer', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.advance(INTERVAL_MS);
  expect(world.harness.clock.pendingTimers).toBe(1);
  throttled.hangUp();
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(0);
  await world.advance(WINDOW_MS);
  expect(shardsOf(world.served)).toEqual([0]);
});

test('a waiter that hangs up before the limiter says that it is throttled leaves no timer', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.advance(INTERVAL_MS);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 1000 });
  await world.advance(1000);
  throttled.hangUp();
  await world.advance(1000);
  expect(world.harness.clock.pendingTimers).toBe(0);
  expect(world.queue().size).toBe(0);
});

test('P6 a throttled shard that leaves has its place kept', async () => {
  const { world, throttled } = await worldWithThrottled(100_000);
  await closeForLong(world);
  await world.askInTurn([1]);
  throttled.hangUp();
  await world.advance(1000);
  await world.askInTurn([0], { replica: 'b' });
  await world.advanceTo(INTERVAL_MS * 3 + 100_000);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1]);
});

test('when the limits change, throttled waiters move along, with one timer each', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.advance(INTERVAL_MS);
  for (const maxConcurrency of [2, 3, 1]) await world.setLimits(maxConcurrency);
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(1);
  await world.advanceTo(WINDOW_MS);
  expect(throttled.servedAt).toBe(WINDOW_MS);
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('when the limits change without an announcement, throttled waiters move along', async () => {
  const world = await newWorld('memory', { crashLoop }).open(2);
  await world.askInTurn([0, 2, 3, 4]);
  await world.advanceTo(INTERVAL_MS * 2);
  const again = await world.askInTurn([0, 2, 4]);
  world.limiter().deaf = true;
  await world.setLimits(3);
  await world.advance(1000);
  expect(world.harness.clock.pendingTimers).toBe(again.length);
  await world.advanceTo(WINDOW_MS + INTERVAL_MS * 2);
  expect(again.map((request) => request.servedAt)).toEqual([
    WINDOW_MS,
    WINDOW_MS + INTERVAL_MS,
    WINDOW_MS + INTERVAL_MS * 2,
  ]);
});

test('closing leaves no timer, whether a throttled waiter has left before or not', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.advance(INTERVAL_MS);
  throttled.hangUp();
  await world.queue().close();
  expect(world.harness.clock.pendingTimers).toBe(0);
  const other = await worldWithThrottled();
  await other.world.queue().close();
  expect(other.world.harness.clock.pendingTimers).toBe(0);
});

test('P9 when a change is announced for the whole bot, the limiter is asked for all throttled waiters', async () => {
  const half = { burst: 1, windowMs: WINDOW_MS, below: 0.5 };
  const budget = { remaining: 400, resetInMs: 3_600_000, askedMsAgo: 0 };
  const world = await newWorld('memory', { crashLoop: half }).open(1, { budget });
  const [, first, second] = await world.askInTurn([0, 0, 0]);
  await world.advance(10_300);
  expect(first?.held).toBe(true);
  await world.setLimits(1, { budget: { ...budget, remaining: 900 } });
  await world.settle();
  expect(first?.servedAt).toBe(10_300);
  await world.advance(INTERVAL_MS);
  expect(second?.servedAt).toBe(10_300 + INTERVAL_MS);
});

test('P9 when a permit of a throttled shard is released, the shard goes at once', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.advance(300);
  const given = world.served[0]?.permit;
  if (given !== undefined) world.queue().release(given);
  await world.settle();
  expect(throttled.servedAt).toBe(300);
  expect(throttled.permit?.bot).toBe(BOT);
});

test('P7 a throttled shard whose throttling ends during a pause goes at the resume', async () => {
  const { world, throttled } = await worldWithThrottled();
  await world.pause();
  await world.advanceTo(WINDOW_MS + 12_345);
  expect(throttled.held).toBe(true);
  await world.resume();
  await world.settle();
  expect(throttled.servedAt).toBe(WINDOW_MS + 12_345);
});
