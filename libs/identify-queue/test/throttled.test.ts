import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { BOT, newWorld, type World } from './world.ts';

const WINDOW_MS = 60_000;

/** Every shard that had a permit is throttled for a minute from then on. */
const crashLoop = { burst: 1, windowMs: WINDOW_MS, below: 1 };

/** Shard 0 has had its permit at 0, and waits for another: it may go at {@link WINDOW_MS}. */
async function worldWithParked(confirmTimeoutMs = 10_000) {
  const world = await newWorld('memory', { crashLoop, confirmTimeoutMs }).open();
  const [, parked] = await world.askInTurn([0, 0]);
  if (parked === undefined) throw new Error('nobody asked');
  return { world, parked };
}

/** Keeps the bucket closed until what was throttled is throttled no more, so that the line alone decides. */
async function closeForLong(world: World): Promise<void> {
  await world.askInTurn([900], { confirm: true });
  await world.advanceTo(INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 900]);
}

function asked(world: World, replica = 'a'): number {
  return world.limiter(replica).calls.filter((call) => call.operation === 'tryAcquire').length;
}

test('P9 those behind a throttled shard pass it without losing a moment, and it goes when it may', async () => {
  const { world, parked } = await worldWithParked();
  await world.askInTurn([1, 2], { replica: 'a' });
  await world.askInTurn([3, 4], { replica: 'b' });
  await world.advanceTo(WINDOW_MS);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4, 0]);
  const moments = world.served.slice(0, 5).map((request) => request.servedAt);
  expect(moments).toEqual(slots(5));
  expect(parked.servedAt).toBe(WINDOW_MS);
});

test('P9 a throttled shard of high priority holds up nobody either', async () => {
  const { world } = await worldWithParked();
  await world.askInTurn([0], { priority: 'high' });
  await world.askInTurn([1], { replica: 'b' });
  await world.askInTurn([2], { replica: 'a' });
  await world.advanceTo(INTERVAL_MS * 2);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(3));
});

test('P4 who was throttled comes back in the order of ranks', async () => {
  const { world } = await worldWithParked(100_000);
  await closeForLong(world);
  await world.askInTurn([1, 2], { replica: 'a' });
  await world.advanceTo(WINDOW_MS - 1);
  await world.askInTurn([3], { replica: 'b' });
  // Closed until then by the permit that nobody confirms.
  await world.advanceTo(INTERVAL_MS + 100_000 + INTERVAL_MS * 4);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1, 2, 3]);
  expect(world.served[2]?.servedAt).toBe(INTERVAL_MS * 2 + 100_000);
});

test('P6 who inherits a rank while throttled comes back with it', async () => {
  const { world, parked } = await worldWithParked(100_000);
  await closeForLong(world);
  const [away] = await world.askInTurn([1]);
  away?.hangUp();
  await world.settle();
  const [second] = await world.askInTurn([0]);
  // Takes the place, before the second and behind the first of shard 0.
  await world.askInTurn([1]);
  const timers = world.harness.clock.pendingTimers;
  parked.hangUp();
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(timers - 1);
  await world.advanceTo(INTERVAL_MS * 3 + 100_000);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1]);
  expect(second?.servedAt).toBe(INTERVAL_MS * 2 + 100_000);
});

test('while one is throttled the limiter is asked for it each ten seconds, and not more often', async () => {
  const { world } = await worldWithParked();
  await world.advance(1500);
  const before = asked(world);
  await world.advance(50_000);
  expect(asked(world) - before).toBe(5);
});

test('what the limiter is asked while many are throttled grows with their number alone', async () => {
  const many = 40;
  const world = await newWorld('memory', { crashLoop }).open(many);
  await world.askInTurn(range(many));
  await world.setLimits(1);
  await world.askInTurn(range(many), { replica: 'a' });
  await world.askInTurn([900, 901, 902]);
  await world.advance(1500);
  const before = asked(world);
  await world.advance(10_000);
  // Each second once for each of them, and for the head of the line after it; a few for the permits.
  expect(asked(world) - before).toBeLessThanOrEqual(10 * (2 * many + 1) + 10);
});

test('another replica is not woken by a shard that is throttled here, beyond once for each question', async () => {
  const { world } = await worldWithParked();
  await world.askInTurn([900], { confirm: true });
  await world.advanceTo(INTERVAL_MS + 1000);
  await world.askInTurn([1], { replica: 'b' });
  const before = asked(world, 'b');
  await world.advance(5000);
  expect(asked(world, 'b') - before).toBeLessThanOrEqual(15);
});

test('who leaves while throttled leaves no timer', async () => {
  const { world, parked } = await worldWithParked();
  await world.advance(INTERVAL_MS);
  expect(world.harness.clock.pendingTimers).toBe(1);
  parked.hangUp();
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(0);
  await world.advance(WINDOW_MS);
  expect(shardsOf(world.served)).toEqual([0]);
});

test('who hangs up while it is asked for is not parked, and leaves no timer', async () => {
  const { world, parked } = await worldWithParked();
  await world.advance(INTERVAL_MS);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 1000 });
  await world.advance(1000);
  parked.hangUp();
  await world.advance(1000);
  expect(world.harness.clock.pendingTimers).toBe(0);
  expect(world.queue().size).toBe(0);
});

test('P6 the place of a throttled shard is kept when it leaves', async () => {
  const { world, parked } = await worldWithParked(100_000);
  await closeForLong(world);
  await world.askInTurn([1]);
  parked.hangUp();
  await world.advance(1000);
  await world.askInTurn([0], { replica: 'b' });
  await world.advanceTo(INTERVAL_MS * 3 + 100_000);
  expect(shardsOf(world.served).slice(2)).toEqual([0, 1]);
});

test('other limits take those along who are throttled, with one timer each', async () => {
  const { world, parked } = await worldWithParked();
  await world.advance(INTERVAL_MS);
  for (const maxConcurrency of [2, 3, 1]) await world.setLimits(maxConcurrency);
  await world.settle();
  expect(world.harness.clock.pendingTimers).toBe(1);
  await world.advanceTo(WINDOW_MS);
  expect(parked.servedAt).toBe(WINDOW_MS);
  expect(world.harness.clock.pendingTimers).toBe(0);
});

test('other limits that were not announced take those along too', async () => {
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

test('closing after a throttled shard left, or before, leaves no timer', async () => {
  const { world, parked } = await worldWithParked();
  await world.advance(INTERVAL_MS);
  parked.hangUp();
  await world.queue().close();
  expect(world.harness.clock.pendingTimers).toBe(0);
  const other = await worldWithParked();
  await other.world.queue().close();
  expect(other.world.harness.clock.pendingTimers).toBe(0);
});

test('P9 what is announced for the whole bot has everybody asked for who is throttled', async () => {
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

test('P9 a permit released lets its shard go at once', async () => {
  const { world, parked } = await worldWithParked();
  await world.advance(300);
  const given = world.served[0]?.permit;
  if (given !== undefined) world.queue().release(given);
  await world.settle();
  expect(parked.servedAt).toBe(300);
  expect(parked.permit?.bot).toBe(BOT);
});

test('P7 a throttled shard whose throttling ends during a pause goes with the resume', async () => {
  const { world, parked } = await worldWithParked();
  await world.pause();
  await world.advanceTo(WINDOW_MS + 12_345);
  expect(parked.held).toBe(true);
  await world.resume();
  await world.settle();
  expect(parked.servedAt).toBe(WINDOW_MS + 12_345);
});
