import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { DEFAULT_RULES } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { collectEstimates, estimateOf, estimateAfter, type TimedEstimate } from './estimates.ts';
import { BOT, newWorld, openWorld, type World } from './world.ts';

/** The limiter takes Discord's reset to be this much later (`RESET_SLACK_MS` in budget.ts). */
const RESET_SLACK_MS = 1000;

/** How long a pending permit that is never confirmed keeps its bucket closed. */
const PENDING_MS = DEFAULT_RULES.confirmTimeoutMs + INTERVAL_MS;

const DISCORD = { source: 'discord' } as const;

/** The estimates that the shards get from now on until they are served. */
async function estimatesOf(
  world: World,
  shards: readonly number[],
  asking?: Parameters<typeof collectEstimates>[3],
): Promise<TimedEstimate[]> {
  const estimates: TimedEstimate[] = [];
  for (const shard of shards) {
    void collectEstimates(world, shard, estimates, asking);
    await world.settle();
  }
  return estimates;
}

/** Each estimate names the moment at which the shard was served. */
function expectExact(world: World, estimates: readonly TimedEstimate[]): void {
  const servedAt = new Map(world.served.map((request) => [request.shard, request.servedAt]));
  const expected = estimates.map(({ shard, at, estimate: { estimatedWaitMs } }) => ({
    shard,
    at,
    servedAt: estimatedWaitMs === null ? null : at + estimatedWaitMs,
  }));
  expect(estimates.length).toBeGreaterThan(0);
  expect(expected).toEqual(
    estimates.map(({ shard, at }) => ({ shard, at, servedAt: servedAt.get(shard) })),
  );
}

function since(estimates: readonly TimedEstimate[], moment: number): TimedEstimate[] {
  return estimates.filter(({ at }) => at >= moment);
}

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

test.each([
  ['all buckets', null, 20_000],
  ['the bucket', 0, 20_000],
  ['all buckets, which ends before the bucket opens', null, 1000],
])('a timed pause of %s shows in the estimates at once', async (_, bucket, durationMs) => {
  const world = await openWorld(2);
  const estimates = await estimatesOf(world, [0, 2, 4, 6, 8, 10, 12]);
  await world.advance(INTERVAL_MS + 1250);
  await world.pause(durationMs, bucket);
  await world.settle();
  const paused = world.now;
  await world.advance(60_000);
  const resumesAt = Math.max(paused + durationMs, 2 * INTERVAL_MS);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(2),
    ...slots(5, resumesAt),
  ]);
  expectExact(world, since(estimates, paused));
});

test.each(['confirmed', 'released'])(
  'when a permit is %s during a timed pause, the line is told to go on at the end of the pause',
  async (how) => {
    const world = await openWorld();
    const [pending] = await world.askInTurn([0], { confirm: true });
    const estimates = await estimatesOf(world, [1, 2]);
    await world.advance(1000);
    await world.pause(8000);
    await world.advance(1000);
    const permit = pending?.permit;
    if (permit === undefined) throw new Error('no permit');
    if (how === 'confirmed') await world.control.confirm(permit.bot, permit.id);
    else await world.control.release(permit.bot, permit.id);
    await world.settle();
    const settled = world.now;
    await world.advance(60_000);
    expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, ...slots(2, 9000)]);
    expectExact(world, since(estimates, settled));
  },
);

test('an announcement of something else during a timed pause does not make the estimate earlier', async () => {
  const world = await openWorld();
  const estimates = await estimatesOf(world, range(3));
  await world.advance(1000);
  await world.pause(3000);
  await world.settle();
  const paused = world.now;
  await world.advance(1000);
  await world.setLimits(1);
  await world.advance(60_000);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual(slots(3));
  expectExact(world, since(estimates, paused));
});

test('while a permit is pending, the next in line is told the latest moment, and each one behind it an interval more', async () => {
  const world = await openWorld();
  await world.askInTurn([0], { confirm: true });
  const estimates = await estimatesOf(world, [1, 2, 3], { confirm: true });
  await world.advance(PENDING_MS - 1);
  const expected = estimates.map(({ shard, at, estimate: { position, estimatedWaitMs } }) => ({
    shard,
    position,
    servedAt: at + Number(estimatedWaitMs),
  }));
  const at = (shard: number) => PENDING_MS + (shard - 1) * INTERVAL_MS;
  expect(expected).toEqual(
    estimates.map(({ shard }) => ({ shard, position: shard, servedAt: at(shard) })),
  );
  // No permit is confirmed, so the estimate is right for the next in line, and too early for the waiters behind it.
  await world.advance(1);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, PENDING_MS]);
  await world.advance(PENDING_MS);
  expect(world.served.at(-1)?.servedAt).toBe(2 * PENDING_MS);
});

test('when a permit is confirmed, the next in line is told an earlier moment, and goes then', async () => {
  const world = await openWorld();
  const [first] = await world.askInTurn([0], { confirm: true });
  const estimates = await estimatesOf(world, [1], { confirm: true });
  await world.advance(1000);
  expect(estimates.map(({ at, estimate }) => at + Number(estimate.estimatedWaitMs))).toEqual([
    PENDING_MS,
    PENDING_MS,
  ]);
  if (first?.permit !== undefined) await world.control.confirm(BOT, first.permit.id);
  await world.settle();
  await world.advance(INTERVAL_MS);
  expect(world.served.at(-1)?.servedAt).toBe(1000 + DEFAULT_RULES.intervalMs);
  expectExact(world, since(estimates, 1000));
});

test.each([
  ['outlasts', 30_000, 60_000],
  ['ends before', 5000, 40_000 + RESET_SLACK_MS],
])('a timed pause that %s the wait for session starts', async (_, durationMs, resumesAt) => {
  const world = await openWorld();
  const budget = { remaining: 2, resetInMs: 40_000, askedMsAgo: 0 };
  await world.setLimits(1, { ...DISCORD, budget });
  await world.pause(10_000);
  const estimates = await estimatesOf(world, range(5));
  await world.advance(30_000);
  await world.pause(durationMs);
  await world.settle();
  const paused = world.now;
  await world.advance(100_000);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(2, 10_000),
    ...slots(3, resumesAt),
  ]);
  expectExact(world, since(estimates, paused));
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
