import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  MOMENT_MS,
  report,
  type Waiter,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets, openHarness } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

const pause = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };

type Name = 'a' | 'b' | 'c';
type Waiters = Readonly<Record<Name, Waiter>>;

const ORDERS: readonly [Name, Name, Name][] = [
  ['a', 'b', 'c'],
  ['c', 'b', 'a'],
  ['b', 'c', 'a'],
];

test.each(ORDERS)(
  'P4 after a change of max_concurrency the first in rank goes first, whichever replica hears of it first (%s, %s, %s)',
  async (...order) => {
    const harness = await openBuckets(redis(), 1);
    const waiters = await waitersOf(harness);
    await harness.replica().pause(pause);
    for (const name of order) await attempt(harness.replica(name), waiters[name]);
    await harness.replica().setLimits(BOT, report(2));
    await harness.replica().resume(pause);
    const atOnce = [];
    for (const name of order) atOnce.push(await attempt(harness.replica(name), waiters[name]));
    expect(atOnce).toEqual(order.map(() => denial('interval', harness.settleMs)));
    await harness.advance(harness.settleMs);
    expect(await whoGetsIt(harness, waiters, order)).toEqual(['a']);
  },
);

test.each(ORDERS)('P4 so it does when limits become known (%s, %s, %s)', async (...order) => {
  const harness = await openHarness(redis());
  const waiters = await waitersOf(harness);
  for (const name of order) {
    expect(await attempt(harness.replica(name), waiters[name])).toEqual(
      denial('limits-unknown', null),
    );
  }
  await harness.replica().setLimits(BOT, report(2));
  for (const name of order) await attempt(harness.replica(name), waiters[name]);
  await harness.advance(harness.intervalMs);
  expect(await whoGetsIt(harness, waiters, order)).toEqual(['a']);
});

test('P9 a single replica does not wait for others to report their heads', async () => {
  const harness = await openBuckets(redis(), 1);
  const waiter = await enterOne(harness.replica(), 0);
  await harness.replica().pause(pause);
  await attempt(harness.replica(), waiter);
  await harness.replica().setLimits(BOT, report(2));
  await harness.replica().resume(pause);
  expect(await attempt(harness.replica(), waiter)).toEqual(aPermit);
});

test('P9 that wait ends after its time, and follows a change of the buckets alone', async () => {
  const harness = await openBuckets(redis(), 1);
  const waiters = await waitersOf(harness);
  await harness.replica().pause(pause);
  for (const name of ['a', 'b'] as const) await attempt(harness.replica(name), waiters[name]);
  await harness.replica().setLimits(BOT, report(2));
  await harness.replica().resume(pause);
  await harness.advance(harness.settleMs - MOMENT_MS);
  await harness.replica().setLimits(BOT, report(2));
  expect(await attempt(harness.replica('b'), waiters.b)).toEqual(denial('interval', MOMENT_MS));
  await harness.advance(MOMENT_MS);
  expect(await attempt(harness.replica('b'), waiters.b)).toEqual(aPermit);
});

/** Waiters by replica, of bucket 0 whether there are one or two buckets. The waiter of `a` ranks first. */
async function waitersOf(harness: RedisHarness): Promise<Waiters> {
  return {
    a: await enterOne(harness.replica('a'), 0),
    b: await enterOne(harness.replica('b'), 2),
    c: await enterOne(harness.replica('c'), 4),
  };
}

/** Which replicas get a permit when they ask in this order. */
async function whoGetsIt(
  harness: RedisHarness,
  waiters: Waiters,
  order: readonly Name[],
): Promise<string[]> {
  const granted: Name[] = [];
  for (const name of order) {
    const answer = await attempt(harness.replica(name), waiters[name]);
    if (answer.granted) granted.push(name);
  }
  return granted;
}
