import { expect, test } from 'vitest';
import { estimateAt } from '../src/estimate.ts';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { collectEstimates, estimateOf, estimateAfter, type TimedEstimate } from './estimates.ts';
import { newWorld, openWorld } from './world.ts';

test('position and estimate of each waiter in a line of 30 come true', async () => {
  const world = await openWorld();
  const estimates: TimedEstimate[] = [];
  for (const shard of range(30)) {
    void collectEstimates(world, shard, estimates);
    await world.settle();
  }
  await world.advance(30 * INTERVAL_MS);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(30));
  expect(estimates.length).toBeGreaterThan(3000);
  for (const { shard, at, estimate } of estimates) {
    const ahead = shard - Math.ceil(at / INTERVAL_MS);
    expect(estimate).toEqual({
      reason: ahead === 0 ? 'interval' : 'line',
      position: ahead + 1,
      estimatedWaitMs: shard * INTERVAL_MS - at,
      hasPlace: true,
    });
  }
});

test('under a pause without an end the wait is not known', async () => {
  const world = await openWorld();
  await world.pause();
  await world.askInTurn([0]);
  expect(await estimateAfter(world, 1, 5000)).toMatchObject({
    reason: 'paused',
    position: 2,
    estimatedWaitMs: null,
  });
});

test('under a timed pause the line goes on at its end', async () => {
  const world = await openWorld();
  await world.pause(60_000);
  await world.askInTurn([0, 1]);
  const estimate = await estimateAfter(world, 2, 5000);
  expect(estimate).toMatchObject({
    reason: 'paused',
    position: 3,
    estimatedWaitMs: 55_000 + 2 * INTERVAL_MS,
  });
  const [again] = await world.askInTurn([2]);
  await world.advance(90_000);
  expect(again?.servedAt).toBe(5000 + Number(estimate.estimatedWaitMs));
});

test('waiters are told of a pause at once, and of its end', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1]);
  await world.pause(null, 0);
  expect(await estimateAfter(world, 2, 1)).toMatchObject({
    reason: 'paused',
    estimatedWaitMs: null,
  });
  await world.resume(0);
  expect(await estimateAfter(world, 2, 1)).toMatchObject({
    reason: 'line',
    position: 2,
    estimatedWaitMs: INTERVAL_MS * 2 - 2,
  });
});

test('the denial of a line that emptied is not told to later waiters', async () => {
  const world = await openWorld();
  await world.pause();
  const [gone] = await world.askInTurn([0]);
  gone?.hangUp();
  await world.resume();
  await world.settle();
  world.limiter().breakNext('tryAcquire', { delayMs: 1000 });
  expect(await estimateAfter(world, 1, 500)).toMatchObject({
    reason: 'interval',
    estimatedWaitMs: null,
  });
});

test('without session starts the estimate is the reset', async () => {
  const budget = { remaining: 1, resetInMs: 100_000, askedMsAgo: 0 };
  const world = await openWorld(1, { source: 'discord', budget });
  await world.askInTurn([0, 1]);
  await world.advance(INTERVAL_MS);
  const at = world.now;
  const estimate = await estimateAfter(world, 2, 1000);
  expect(estimate).toMatchObject({ reason: 'budget', position: 2 });
  const [again] = await world.askInTurn([2]);
  await world.advance(200_000);
  expect(again?.servedAt).toBe(at + 1000 + Number(estimate.estimatedWaitMs));
});

test('while the limits are unknown, so is the wait', async () => {
  const world = newWorld();
  expect(await estimateAfter(world, 0, 10_000)).toMatchObject({
    reason: 'limits-unknown',
    position: 1,
    estimatedWaitMs: null,
  });
});

test('while the limiter fails, enrolled and not enrolled waiters are told limiter-unavailable', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1]);
  const [inLine] = await world.askInTurn([2], { maxWaitMs: 20_000 });
  world.limiter().asleep = true;
  await world.advance(10_000);
  const [notEnrolled] = await world.askInTurn([3], { maxWaitMs: 10_000 });
  await world.advance(10_000);
  expect(estimateOf(inLine)).toMatchObject({ reason: 'limiter-unavailable', position: 2 });
  expect(estimateOf(notEnrolled)).toMatchObject({
    reason: 'limiter-unavailable',
    estimatedWaitMs: null,
  });
  world.limiter().asleep = false;
  await world.advance(INTERVAL_MS);
  expect(await estimateAfter(world, 4, 1)).toMatchObject({ reason: 'interval', position: 1 });
});

test('a throttled shard is told the end of its throttling, and other shards their own turns', async () => {
  const crashLoop = { burst: 1, windowMs: 60_000, below: 1 };
  const world = await newWorld('memory', { crashLoop }).open();
  await world.askInTurn([0]);
  expect(await estimateAfter(world, 0, 2000)).toMatchObject({
    reason: 'crash-loop',
    position: 1,
    estimatedWaitMs: 58_000,
  });
  const [throttled] = await world.askInTurn([0]);
  expect(await estimateAfter(world, 1, 1000)).toMatchObject({
    reason: 'interval',
    position: 1,
    estimatedWaitMs: INTERVAL_MS - 3000,
  });
  await world.advanceTo(60_000);
  expect(throttled?.servedAt).toBe(60_000);
});

test('behind the head of another replica the reason is line, and the wait is not known', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 1 });
  await world.pause();
  await world.askInTurn([1], { replica: 'a' });
  // The head of `a` hears of no change, and stays where it is.
  world.limiter('a').deaf = true;
  await world.resume();
  expect(await estimateAfter(world, 2, 1, { replica: 'b' })).toMatchObject({
    reason: 'line',
    position: 1,
    estimatedWaitMs: null,
  });
});

test('while a permit is pending, the estimate is its deadline and an interval, and less once it is confirmed', async () => {
  const world = await openWorld();
  const [first] = await world.askInTurn([0], { confirm: true });
  expect(await estimateAfter(world, 1, 1000)).toMatchObject({
    estimatedWaitMs: 10_000 + INTERVAL_MS - 1000,
  });
  await world.limiter().confirm('default', first?.permit?.id ?? '');
  expect(await estimateAfter(world, 1, 1000)).toMatchObject({ estimatedWaitMs: 4000 });
  const [again] = await world.askInTurn([1]);
  await world.advance(4000);
  expect(again?.servedAt).toBe(6000);
});

test('the estimate of a turn that is past is 0', () => {
  const position = { position: 1, denial: undefined, throttledUntil: null };
  const own = { nextTurnAt: 1000, waiting: 1 };
  const basis = { own, others: [], starts: undefined, intervalMs: INTERVAL_MS };
  expect(estimateAt(position, basis, 1004).estimatedWaitMs).toBe(0);
});
