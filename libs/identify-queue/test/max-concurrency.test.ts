import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { openWorld, type World } from './world.ts';

/** The permits from `from` until `to`, in their order, by the bucket that they had under this max_concurrency. */
function byBucket(world: World, maxConcurrency: number, from: number, to: number) {
  const permits = world.served.filter(({ servedAt = -1 }) => servedAt >= from && servedAt < to);
  return range(maxConcurrency).map((bucket) =>
    permits.filter(({ shard }) => (shard ?? 0) % maxConcurrency === bucket),
  );
}

test('P1 P4 P9 500 waiters are served in order, spaced and without a lost slot while max_concurrency goes from 1 to 16 to 3', async () => {
  const world = await openWorld(1);
  for (const shard of range(500)) world.ask(shard, { replica: shard % 5 === 0 ? 'b' : 'a' });
  await world.settle();

  const first = INTERVAL_MS * 10 + 1000;
  await world.advanceTo(first);
  await world.setLimits(16);
  const second = first + INTERVAL_MS * 12;
  await world.advanceTo(second);
  await world.setLimits(3);
  await world.advanceTo(second + INTERVAL_MS * 110);

  // 11 permits one by one, then 12 times 16, and the rest in three lines. After each change a whole interval passes.
  expect(world.served).toHaveLength(500);
  expect(byBucket(world, 1, 0, first)[0]).toHaveLength(11);
  for (const line of byBucket(world, 16, first, second)) expect(line).toHaveLength(12);
  const left = range(500).filter(
    (shard) => !world.served.slice(0, 11 + 192).some((r) => r.shard === shard),
  );
  const longest = Math.max(...range(3).map((rest) => left.filter((s) => s % 3 === rest).length));
  const lastOfSecond = Math.max(...world.served.slice(0, 203).map(({ servedAt = 0 }) => servedAt));
  expect(world.served.at(-1)?.servedAt).toBe(lastOfSecond + longest * INTERVAL_MS);

  const phases = [
    byBucket(world, 1, 0, first),
    byBucket(world, 16, first, second),
    byBucket(world, 3, second, Infinity),
  ];
  for (const line of phases.flat()) {
    const tickets = line.map((request) => world.usedBy(request)?.rank.ticket ?? NaN);
    expect(tickets).toEqual(tickets.toSorted((a, b) => a - b));
    const moments = line.map(({ servedAt }) => Number(servedAt));
    expect(moments).toEqual(moments.map((_, index) => Number(moments[0]) + index * INTERVAL_MS));
  }
});

test.each([1, 16])(
  'P1 P9 each new bucket opens one interval after the last permit of any bucket, when max_concurrency was %d',
  async (before) => {
    const world = await openWorld(before);
    await world.askInTurn([0]);
    await world.advance(2000);
    await world.askInTurn([1]);
    const last = Math.max(...world.served.map((request) => Number(request.servedAt)));
    await world.askInTurn([2, 3, 4]);
    const served = world.served.length;
    await world.setLimits(4);
    await world.advanceTo(last + INTERVAL_MS - 0.5);
    const early = world.served.slice(served);
    expect(early.every((request) => Number(request.servedAt) <= 2000)).toBe(true);
    await world.advance(0.5);
    expect(world.requests.every((request) => !request.held)).toBe(true);
  },
);

test('P4 a request of high priority goes first in its new bucket too, at any replica', async () => {
  const world = await openWorld(8);
  await world.askInTurn([0, 1, 2, 3, 4, 5, 6, 7]);
  await world.askInTurn([8, 9, 10], { replica: 'a' });
  await world.askInTurn([15], { replica: 'b', priority: 'high' });
  await world.setLimits(1);
  await world.advance(INTERVAL_MS * 4);
  expect(world.served.slice(8).map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [15, INTERVAL_MS],
    [8, INTERVAL_MS * 2],
    [9, INTERVAL_MS * 3],
    [10, INTERVAL_MS * 4],
  ]);
});

test('P8 a permit whose answer is under way while the buckets change goes to its waiter, and to no other', async () => {
  const world = await openWorld(2);
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 200 });
  const [slow] = await world.askInTurn([0, 1, 2, 3]);
  await world.advance(100);
  await world.setLimits(1);
  await world.advance(INTERVAL_MS * 4);
  expect(slow?.servedAt).toBe(200);
  expect(world.served.map((request) => request.settled)).toEqual([1, 1, 1, 1]);
  expect(await world.remaining()).toBe(996);
  expect(world.limiter().calls.some((call) => call.operation === 'release')).toBe(false);
});

test('P4 two lines that become one are served in the order of their ranks', async () => {
  const world = await openWorld(2);
  await world.pause(null, 0);
  await world.pause(null, 1);
  await world.askInTurn([2]);
  await world.askInTurn([5], { priority: 'high' });
  await world.setLimits(3);
  await world.advance(INTERVAL_MS);
  expect(world.served.map((request) => request.shard)).toEqual([5, 2]);
});

test('P10 a line has one timer, however often it is woken, and lines of outdated limits have none', async () => {
  const world = await openWorld(8);
  const { clock } = world.harness;
  await world.askInTurn(range(16));
  expect(clock.pendingTimers).toBe(8);
  for (let round = 0; round < 10; round++) {
    await world.pause();
    await world.resume();
    await world.settle();
  }
  expect(clock.pendingTimers).toBe(8);
  await world.setLimits(3);
  await world.settle();
  expect(clock.pendingTimers).toBe(3);
});
