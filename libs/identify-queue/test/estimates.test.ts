import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import {
  collectEstimates,
  estimateAfter,
  estimateOf,
  estimatesOf,
  expectExact,
  since,
  type TimedEstimate,
} from './estimates.ts';
import { newWorld, openWorld } from './world.ts';

/** The limiter takes Discord's reset to be this much later (`RESET_SLACK_MS` in budget.ts). */
const RESET_SLACK_MS = 1000;

const DISCORD = { source: 'discord' } as const;

test('when the session starts end in the middle of a line, estimates are exact before the end and after the reset', async () => {
  const world = await openWorld();
  const resetInMs = 100_000;
  await world.setLimits(1, { ...DISCORD, budget: { remaining: 5, resetInMs, askedMsAgo: 0 } });
  const estimates = await estimatesOf(world, range(12));
  await world.advance(200_000);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(5),
    ...slots(7, resetInMs + RESET_SLACK_MS),
  ]);
  expectExact(world, estimates);
  // The reason is line for as long as there are starts.
  const reasons = estimates
    .filter(({ shard }) => shard === 11)
    .map(({ estimate }) => estimate.reason);
  expect(new Set(reasons)).toEqual(new Set(['line', 'budget', 'interval']));
});

test('a reset that comes before the session starts end changes no estimate', async () => {
  const world = await openWorld();
  const budget = { remaining: 5, resetInMs: 12_000, askedMsAgo: 0 };
  await world.setLimits(1, { ...DISCORD, budget });
  const estimates = await estimatesOf(world, range(12));
  await world.advance(100_000);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(12));
  expectExact(world, estimates);
});

test('a window of session starts begins with its first permit, and each further one with the first permit after a reset', async () => {
  const world = await openWorld(1, { total: 3 });
  const estimates = await estimatesOf(world, range(8));
  // The other permits come days later, so only the first three are waited for.
  await world.advance(3 * INTERVAL_MS);
  const turns = [0, 1, 2].flatMap((day) => slots(3, day * SESSION_WINDOW_MS));
  expect(world.served.map((request) => request.servedAt)).toEqual(turns.slice(0, 3));
  expect(estimates.map(({ at, estimate }) => at + Number(estimate.estimatedWaitMs))).toEqual(
    estimates.map(({ shard }) => turns[shard]),
  );
});

test('when no window has enough session starts, the wait is not known', async () => {
  const world = newWorld('memory', { reserveOf: () => 10 });
  await world.open(1, { total: 12 });
  await world.askInTurn([0, 1]);
  await world.setLimits(1, { total: 10 });
  expect(await estimateAfter(world, 2, 1)).toMatchObject({
    reason: 'budget',
    estimatedWaitMs: null,
  });
});

test.each([
  ['lines of one length', [6, 6, 6, 6]],
  ['a long line beside short ones', [1, 9, 2, 1]],
])('lines that spend the same session starts: %s', async (_, lengths) => {
  const world = await openWorld(4);
  const resetInMs = 60_000;
  await world.setLimits(4, { ...DISCORD, budget: { remaining: 11, resetInMs, askedMsAgo: 0 } });
  const shards = lengths.flatMap((length, bucket) => range(length).map((n) => n * 4 + bucket));
  const estimates: TimedEstimate[] = [];
  for (const shard of shards) {
    void collectEstimates(world, shard, estimates);
    // So that no two buckets open at the same moment.
    await world.advance(16);
  }
  const complete = world.now;
  await world.advance(100_000);
  const early = world.served.filter(({ servedAt }) => Number(servedAt) < resetInMs);
  expect([early.length, world.served.length]).toEqual([11, shards.length]);
  expectExact(world, since(estimates, complete));
});

test('with priorities, the position is the one in the order of the permits', async () => {
  const world = await openWorld();
  const resetInMs = 50_000;
  await world.setLimits(1, { ...DISCORD, budget: { remaining: 4, resetInMs, askedMsAgo: 0 } });
  await world.askInTurn([100]);
  const normal = await estimatesOf(world, [0, 1, 2, 3]);
  const high = await estimatesOf(world, [10, 11], { priority: 'high' });
  await world.advance(100_000);
  expect(shardsOf(world.served)).toEqual([100, 10, 11, 0, 1, 2, 3]);
  expectExact(world, normal);
  expectExact(world, high);
  expect(normal[0]?.estimate.position).toBe(3);
});

test.each([
  ['once the bucket is open', 6, 4 * INTERVAL_MS],
  ['once there are starts again', 3, 40_000 + RESET_SLACK_MS],
])(
  'the estimate of a throttled shard is the first turn after its throttling, %s',
  async (_, remaining, turn) => {
    const crashLoop = { burst: 1, windowMs: 20_000, below: 1 };
    const world = newWorld('memory', { crashLoop });
    await world.open();
    const budget = { remaining, resetInMs: 40_000, askedMsAgo: 0 };
    await world.setLimits(1, { ...DISCORD, budget });
    await world.askInTurn([0]);
    const estimates = await estimatesOf(world, [0]);
    await world.askInTurn(range(8, 1));
    const complete = world.now;
    await world.advance(100_000);
    const throttled = world.served
      .filter(({ shard }) => shard === 0)
      .map(({ servedAt }) => servedAt);
    expect(throttled).toEqual([0, turn]);
    expectExact(world, since(estimates, complete));
  },
);

test('a waiter that is not enrolled is at the end of its line, as far as that is known, and has no place', async () => {
  const world = await openWorld(2);
  await world.askInTurn([0, 2, 4, 6, 1, 3]);
  await world.askInTurn([8], { priority: 'high' });
  world.limiter().breakNext('enter', { delayMs: 5000 });
  // In line are 8, 2, 4 and 6 in bucket 0, and 3 in bucket 1.
  const requests = [
    world.ask(10, { maxWaitMs: 1000 }),
    world.ask(12, { maxWaitMs: 900 }),
    world.ask(5, { maxWaitMs: 900 }),
    world.ask(14, { maxWaitMs: 800 }),
    world.ask(16, { maxWaitMs: 700, priority: 'high' }),
    world.ask(18, { maxWaitMs: 600 }),
  ];
  await world.advance(1000);
  const estimates = requests.map(estimateOf);
  expect(estimates.map(({ position }) => position)).toEqual([5, 6, 2, 7, 2, 9]);
  for (const estimate of estimates) {
    expect(estimate).toMatchObject({ reason: 'line', estimatedWaitMs: null, hasPlace: false });
  }
});

test('hasPlace says whether a place is kept', async () => {
  const world = await openWorld();
  await world.meet('a');
  await world.askInTurn([0, 1]);
  world.limiter().asleep = true;
  const [first] = await world.askInTurn([10], { maxWaitMs: 1000 });
  const [second] = await world.askInTurn([11], { maxWaitMs: 1000 });
  await world.advance(1000);
  for (const request of [first, second]) expect(estimateOf(request).hasPlace).toBe(false);
  world.limiter().asleep = false;
  await world.advance(1000);
  expect((await estimateAfter(world, 2, 1)).hasPlace).toBe(true);
  await world.askInTurn([3, 11, 2]);
  await world.advance(4 * INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 11]);
});
