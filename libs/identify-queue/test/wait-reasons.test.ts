import { expect, test } from 'vitest';
import { estimateAt } from '../src/estimate.ts';
import { INTERVAL_MS, range, slots } from './numbers.ts';
import { lookAround, estimateOf, tell, type Told } from './estimates.ts';
import { newWorld, openWorld } from './world.ts';

test('position and estimate of everybody in a line of 30 are what then comes true', async () => {
  const world = await openWorld();
  const told: Told[] = [];
  for (const shard of range(30)) {
    void lookAround(world, shard, told);
    await world.settle();
  }
  await world.advance(30 * INTERVAL_MS);
  expect(world.served.map((request) => request.servedAt)).toEqual(slots(30));
  expect(told.length).toBeGreaterThan(3000);
  for (const { shard, at, estimate } of told) {
    const ahead = shard - Math.ceil(at / INTERVAL_MS);
    expect(estimate).toEqual({
      reason: ahead === 0 ? 'interval' : 'line',
      position: ahead + 1,
      estimatedWaitMs: shard * INTERVAL_MS - at,
      hasPlace: true,
    });
  }
});

test('a pause without an end: nobody knows how long', async () => {
  const world = await openWorld();
  await world.pause();
  await world.askInTurn([0]);
  expect(await tell(world, 1, 5000)).toMatchObject({
    reason: 'paused',
    position: 2,
    estimatedWaitMs: null,
  });
});

test('a pause with an end: from then on one after the other', async () => {
  const world = await openWorld();
  await world.pause(60_000);
  await world.askInTurn([0, 1]);
  const estimate = await tell(world, 2, 5000);
  expect(estimate).toMatchObject({
    reason: 'paused',
    position: 3,
    estimatedWaitMs: 55_000 + 2 * INTERVAL_MS,
  });
  const [again] = await world.askInTurn([2]);
  await world.advance(90_000);
  expect(again?.servedAt).toBe(5000 + Number(estimate.estimatedWaitMs));
});

test('a pause is told at once to those who wait already, and its end likewise', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1]);
  await world.pause(null, 0);
  expect(await tell(world, 2, 1)).toMatchObject({ reason: 'paused', estimatedWaitMs: null });
  await world.resume(0);
  expect(await tell(world, 2, 1)).toMatchObject({
    reason: 'line',
    position: 2,
    estimatedWaitMs: INTERVAL_MS * 2 - 2,
  });
});

test('what was said of a line that emptied is not told to those who come after', async () => {
  const world = await openWorld();
  await world.pause();
  const [gone] = await world.askInTurn([0]);
  gone?.hangUp();
  await world.resume();
  await world.settle();
  world.limiter().breakNext('tryAcquire', { delayMs: 1000 });
  expect(await tell(world, 1, 500)).toMatchObject({ reason: 'interval', estimatedWaitMs: null });
});

test('no session start left: until the reset', async () => {
  const budget = { remaining: 1, resetInMs: 100_000, askedMsAgo: 0 };
  const world = await openWorld(1, { source: 'discord', budget });
  await world.askInTurn([0, 1]);
  await world.advance(INTERVAL_MS);
  const at = world.now;
  const estimate = await tell(world, 2, 1000);
  expect(estimate).toMatchObject({ reason: 'budget', position: 2 });
  const [again] = await world.askInTurn([2]);
  await world.advance(200_000);
  expect(again?.servedAt).toBe(at + 1000 + Number(estimate.estimatedWaitMs));
});

test('limits that nobody knows', async () => {
  const world = newWorld();
  expect(await tell(world, 0, 10_000)).toMatchObject({
    reason: 'limits-unknown',
    position: 1,
    estimatedWaitMs: null,
  });
});

test('a limiter that fails, for those in line and for those who are not even in it', async () => {
  const world = await openWorld();
  await world.askInTurn([0, 1]);
  const [inLine] = await world.askInTurn([2], { maxWaitMs: 20_000 });
  world.limiter().asleep = true;
  await world.advance(10_000);
  const [outside] = await world.askInTurn([3], { maxWaitMs: 10_000 });
  await world.advance(10_000);
  expect(estimateOf(inLine)).toMatchObject({ reason: 'limiter-unavailable', position: 2 });
  expect(estimateOf(outside)).toMatchObject({
    reason: 'limiter-unavailable',
    estimatedWaitMs: null,
  });
  world.limiter().asleep = false;
  await world.advance(INTERVAL_MS);
  expect(await tell(world, 4, 1)).toMatchObject({ reason: 'interval', position: 1 });
});

test('a shard that is throttled: until its throttling ends, while others are told of their own', async () => {
  const crashLoop = { burst: 1, windowMs: 60_000, below: 1 };
  const world = await newWorld('memory', { crashLoop }).open();
  await world.askInTurn([0]);
  expect(await tell(world, 0, 2000)).toMatchObject({
    reason: 'crash-loop',
    position: 1,
    estimatedWaitMs: 58_000,
  });
  const [throttled] = await world.askInTurn([0]);
  expect(await tell(world, 1, 1000)).toMatchObject({
    reason: 'interval',
    position: 1,
    estimatedWaitMs: INTERVAL_MS - 3000,
  });
  await world.advanceTo(60_000);
  expect(throttled?.servedAt).toBe(60_000);
});

test('behind the head of another replica: in a line, for as long as that is there', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 1 });
  await world.pause();
  await world.askInTurn([1], { replica: 'a' });
  // Its question comes too late for the slot: the head stands where it was.
  world.limiter('a').deaf = true;
  await world.resume();
  expect(await tell(world, 2, 1, { replica: 'b' })).toMatchObject({
    reason: 'line',
    position: 1,
    estimatedWaitMs: null,
  });
});

test('a bucket that waits for a confirm: until the time for it is over, or the confirm says otherwise', async () => {
  const world = await openWorld();
  const [first] = await world.askInTurn([0], { confirm: true });
  expect(await tell(world, 1, 1000)).toMatchObject({
    estimatedWaitMs: 10_000 + INTERVAL_MS - 1000,
  });
  await world.limiter().confirm('default', first?.permit?.id ?? '');
  expect(await tell(world, 1, 1000)).toMatchObject({ estimatedWaitMs: 4000 });
  const [again] = await world.askInTurn([1]);
  await world.advance(4000);
  expect(again?.servedAt).toBe(6000);
});

test('a turn that comes while somebody is told of it is in no time, and not in less', () => {
  const position = { position: 1, denial: undefined, throttledUntil: null };
  const own = { nextTurnAt: 1000, waiting: 1 };
  const basis = { own, others: [], starts: undefined, intervalMs: INTERVAL_MS };
  expect(estimateAt(position, basis, 1004).estimatedWaitMs).toBe(0);
});
