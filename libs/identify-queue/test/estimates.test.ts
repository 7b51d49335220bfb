import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { DEFAULT_RULES } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { lookAround, estimateOf, tell, type Told } from './estimates.ts';
import { BOT, newWorld, openWorld, type World } from './world.ts';

/** Discord's reset is taken to be this much later (`RESET_SLACK_MS` in budget.ts). */
const RESET_SLACK_MS = 1000;

/** How long a permit keeps its bucket closed that is to be confirmed, and never is. */
const AWAITED_MS = DEFAULT_RULES.confirmTimeoutMs + INTERVAL_MS;

const DISCORD = { source: 'discord' } as const;

/** All that they are told from now on until they are served. */
async function watch(
  world: World,
  shards: readonly number[],
  asking?: Parameters<typeof lookAround>[3],
): Promise<Told[]> {
  const told: Told[] = [];
  for (const shard of shards) {
    void lookAround(world, shard, told, asking);
    await world.settle();
  }
  return told;
}

/** Every estimate was given, and came true. */
function expectTrue(world: World, told: readonly Told[]): void {
  const servedAt = new Map(world.served.map((request) => [request.shard, request.servedAt]));
  const meant = told.map(({ shard, at, estimate: { estimatedWaitMs } }) => ({
    shard,
    at,
    servedAt: estimatedWaitMs === null ? null : at + estimatedWaitMs,
  }));
  expect(told.length).toBeGreaterThan(0);
  expect(meant).toEqual(
    told.map(({ shard, at }) => ({ shard, at, servedAt: servedAt.get(shard) })),
  );
}

function since(told: readonly Told[], moment: number): Told[] {
  return told.filter(({ at }) => at >= moment);
}

test('the session starts end in the middle of a line: until there, and from the reset on', async () => {
  const world = await openWorld();
  const resetInMs = 100_000;
  await world.setLimits(1, { ...DISCORD, budget: { remaining: 5, resetInMs, askedMsAgo: 0 } });
  const told = await watch(world, range(12));
  await world.advance(200_000);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(5),
    ...slots(7, resetInMs + RESET_SLACK_MS),
  ]);
  expectTrue(world, told);
  // The line moves for as long as there are starts.
  const reasons = told.filter(({ shard }) => shard === 11).map(({ estimate }) => estimate.reason);
  expect(new Set(reasons)).toEqual(new Set(['line', 'budget', 'interval']));
});

test('a reset that comes before the session starts end holds nobody up', async () => {
  const world = await openWorld();
  const budget = { remaining: 5, resetInMs: 12_000, askedMsAgo: 0 };
  await world.setLimits(1, { ...DISCORD, budget });
  const told = await watch(world, range(12));
  await world.advance(100_000);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(12));
  expectTrue(world, told);
});

test('a window that has not begun: it does with the first permit, and each further one with the first after a reset', async () => {
  const world = await openWorld(1, { total: 3 });
  const told = await watch(world, range(8));
  // The line could be driven to its end, for two days of being asked every second.
  await world.advance(3 * INTERVAL_MS);
  const turns = [0, 1, 2].flatMap((day) => slots(3, day * SESSION_WINDOW_MS));
  expect(world.served.map((request) => request.servedAt)).toEqual(turns.slice(0, 3));
  expect(told.map(({ at, estimate }) => at + Number(estimate.estimatedWaitMs))).toEqual(
    told.map(({ shard }) => turns[shard]),
  );
});

test('when no window of starts will ever do, nobody knows', async () => {
  const world = newWorld('memory', { reserveOf: () => 10 });
  await world.open(1, { total: 12 });
  await world.askInTurn([0, 1]);
  await world.setLimits(1, { total: 10 });
  expect(await tell(world, 2, 1)).toMatchObject({
    reason: 'budget',
    estimatedWaitMs: null,
  });
});

test.each([
  ['lines of one length', [6, 6, 6, 6]],
  ['a long line beside short ones', [1, 9, 2, 1]],
])('buckets that spend from the same starts: %s', async (_, lengths) => {
  const world = await openWorld(4);
  const resetInMs = 60_000;
  await world.setLimits(4, { ...DISCORD, budget: { remaining: 11, resetInMs, askedMsAgo: 0 } });
  const shards = lengths.flatMap((length, bucket) => range(length).map((n) => n * 4 + bucket));
  const told: Told[] = [];
  for (const shard of shards) {
    void lookAround(world, shard, told);
    // So that the buckets do not open in the same moment.
    await world.advance(16);
  }
  const allThere = world.now;
  await world.advance(100_000);
  const early = world.served.filter(({ servedAt }) => Number(servedAt) < resetInMs);
  expect([early.length, world.served.length]).toEqual([11, shards.length]);
  expectTrue(world, since(told, allThere));
});

test.each([
  ['all buckets', null, 20_000],
  ['the bucket', 0, 20_000],
  ['all buckets, for less than what the bucket is closed for', null, 1000],
])('a timed pause of %s while the line moves is told of at once', async (_, bucket, durationMs) => {
  const world = await openWorld(2);
  const told = await watch(world, [0, 2, 4, 6, 8, 10, 12]);
  await world.advance(INTERVAL_MS + 1250);
  await world.pause(durationMs, bucket);
  await world.settle();
  const paused = world.now;
  await world.advance(60_000);
  const goesOn = Math.max(paused + durationMs, 2 * INTERVAL_MS);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(2),
    ...slots(5, goesOn),
  ]);
  expectTrue(world, since(told, paused));
});

test.each(['confirmed', 'released'])(
  'a permit that is %s while a timed pause hides its bucket: the line goes on with the end of the pause',
  async (how) => {
    const world = await openWorld();
    const [awaited] = await world.askInTurn([0], { confirm: true });
    const told = await watch(world, [1, 2]);
    await world.advance(1000);
    await world.pause(8000);
    await world.advance(1000);
    const permit = awaited?.permit;
    if (permit === undefined) throw new Error('no permit');
    if (how === 'confirmed') await world.control.confirm(permit.bot, permit.id);
    else await world.control.release(permit.bot, permit.id);
    await world.settle();
    const settled = world.now;
    await world.advance(60_000);
    expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, ...slots(2, 9000)]);
    expectTrue(world, since(told, settled));
  },
);

test('what else is announced while a timed pause hides the bucket makes it open no earlier', async () => {
  const world = await openWorld();
  const told = await watch(world, range(3));
  await world.advance(1000);
  await world.pause(3000);
  await world.settle();
  const paused = world.now;
  await world.advance(1000);
  await world.setLimits(1);
  await world.advance(60_000);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual(slots(3));
  expectTrue(world, since(told, paused));
});

test('while a permit is awaited the next in line is told the latest moment, and those behind an interval more each', async () => {
  const world = await openWorld();
  await world.askInTurn([0], { confirm: true });
  const told = await watch(world, [1, 2, 3], { confirm: true });
  await world.advance(AWAITED_MS - 1);
  const meant = told.map(({ shard, at, estimate: { position, estimatedWaitMs } }) => ({
    shard,
    position,
    servedAt: at + Number(estimatedWaitMs),
  }));
  const at = (shard: number) => AWAITED_MS + (shard - 1) * INTERVAL_MS;
  expect(meant).toEqual(told.map(({ shard }) => ({ shard, position: shard, servedAt: at(shard) })));
  // Nobody confirms: so it comes for the next in line, and later for those behind.
  await world.advance(1);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, AWAITED_MS]);
  await world.advance(AWAITED_MS);
  expect(world.served.at(-1)?.servedAt).toBe(2 * AWAITED_MS);
});

test('once a permit is confirmed the next in line is told so, and goes sooner than it was told before', async () => {
  const world = await openWorld();
  const [first] = await world.askInTurn([0], { confirm: true });
  const told = await watch(world, [1], { confirm: true });
  await world.advance(1000);
  expect(told.map(({ at, estimate }) => at + Number(estimate.estimatedWaitMs))).toEqual([
    AWAITED_MS,
    AWAITED_MS,
  ]);
  if (first?.permit !== undefined) await world.control.confirm(BOT, first.permit.id);
  await world.settle();
  await world.advance(INTERVAL_MS);
  expect(world.served.at(-1)?.servedAt).toBe(1000 + DEFAULT_RULES.intervalMs);
  expectTrue(world, since(told, 1000));
});

test.each([
  ['outlasts', 30_000, 60_000],
  ['ends before', 5000, 40_000 + RESET_SLACK_MS],
])('a timed pause that %s the want of session starts', async (_, durationMs, goesOn) => {
  const world = await openWorld();
  const budget = { remaining: 2, resetInMs: 40_000, askedMsAgo: 0 };
  await world.setLimits(1, { ...DISCORD, budget });
  await world.pause(10_000);
  const told = await watch(world, range(5));
  await world.advance(30_000);
  await world.pause(durationMs);
  await world.settle();
  const paused = world.now;
  await world.advance(100_000);
  expect(world.served.map((request) => request.servedAt)).toEqual([
    ...slots(2, 10_000),
    ...slots(3, goesOn),
  ]);
  expectTrue(world, since(told, paused));
});

test('with priority: the position is that in the order in which they go', async () => {
  const world = await openWorld();
  const resetInMs = 50_000;
  await world.setLimits(1, { ...DISCORD, budget: { remaining: 4, resetInMs, askedMsAgo: 0 } });
  await world.askInTurn([100]);
  const normal = await watch(world, [0, 1, 2, 3]);
  const high = await watch(world, [10, 11], { priority: 'high' });
  await world.advance(100_000);
  expect(shardsOf(world.served)).toEqual([100, 10, 11, 0, 1, 2, 3]);
  expectTrue(world, normal);
  expectTrue(world, high);
  expect(normal[0]?.estimate.position).toBe(3);
});

test.each([
  ['once the bucket is open', 6, 4 * INTERVAL_MS],
  ['once there are starts again', 3, 40_000 + RESET_SLACK_MS],
])('a throttled shard has the first turn after its throttling, %s', async (_, remaining, turn) => {
  const crashLoop = { burst: 1, windowMs: 20_000, below: 1 };
  const world = newWorld('memory', { crashLoop });
  await world.open();
  const budget = { remaining, resetInMs: 40_000, askedMsAgo: 0 };
  await world.setLimits(1, { ...DISCORD, budget });
  await world.askInTurn([0]);
  const told = await watch(world, [0]);
  await world.askInTurn(range(8, 1));
  const allThere = world.now;
  await world.advance(100_000);
  const throttled = world.served.filter(({ shard }) => shard === 0).map(({ servedAt }) => servedAt);
  expect(throttled).toEqual([0, turn]);
  expectTrue(world, since(told, allThere));
});

test('who has not entered is at the end of its line, as far as it is known, and has no place', async () => {
  const world = await openWorld(2);
  await world.askInTurn([0, 2, 4, 6, 1, 3]);
  await world.askInTurn([8], { priority: 'high' });
  world.limiter().breakNext('enter', { delayMs: 5000 });
  // Waiting are 8, 2, 4 and 6 in the one bucket, and 3 in the other.
  const asked = [
    world.ask(10, { maxWaitMs: 1000 }),
    world.ask(12, { maxWaitMs: 900 }),
    world.ask(5, { maxWaitMs: 900 }),
    world.ask(14, { maxWaitMs: 800 }),
    world.ask(16, { maxWaitMs: 700, priority: 'high' }),
    world.ask(18, { maxWaitMs: 600 }),
  ];
  await world.advance(1000);
  const estimates = asked.map(estimateOf);
  expect(estimates.map(({ position }) => position)).toEqual([5, 6, 2, 7, 2, 9]);
  for (const estimate of estimates) {
    expect(estimate).toMatchObject({ reason: 'line', estimatedWaitMs: null, hasPlace: false });
  }
});

test('whether a place is kept is told as it is', async () => {
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
  expect((await tell(world, 2, 1)).hasPlace).toBe(true);
  await world.askInTurn([3, 11, 2]);
  await world.advance(4 * INTERVAL_MS);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 11]);
});
