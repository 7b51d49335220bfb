import { expect, test } from 'vitest';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { estimatesOf, expectExact, since } from './estimates.ts';
import { openWorld } from './world.ts';

/** The limiter takes Discord's reset to be this much later (`RESET_SLACK_MS` in budget.ts). */
const RESET_SLACK_MS = 1000;

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

test.each([
  ['outlasts', 30_000, 60_000],
  ['ends before', 5000, 40_000 + RESET_SLACK_MS],
])('a timed pause that %s the wait for session starts', async (_, durationMs, resumesAt) => {
  const world = await openWorld();
  const budget = { remaining: 2, resetInMs: 40_000, askedMsAgo: 0 };
  await world.setLimits(1, { source: 'discord', budget });
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
