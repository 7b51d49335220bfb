import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  grant,
  MOMENT_MS,
  type Waiter,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test, vi } from 'vitest';
import { DEAD_AFTER_MS } from '@gateway-queue/identify-limiter';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { sizes } from './stored.ts';

/** How often a queue asks again that heard no announcement (`RECHECK_MS` in libs/identify-queue/src/dispatcher.ts). */
const RECHECK_MS = 1000;

const redis = useRedis();

test("P5 a replica that dies delays other replicas' waiters by 3 s at most", async () => {
  expect(DEAD_AFTER_MS + RECHECK_MS).toBeLessThanOrEqual(3000);
  const harness = await openBuckets(redis(), 1);
  const { second } = await twoWait(harness);
  harness.stopHeartbeats('a');
  await harness.advance(DEAD_AFTER_MS);
  expect(await attempt(harness.replica('b'), second)).toEqual(denial('line', null));
  await harness.advance(MOMENT_MS);
  expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
});

test('P5 P9 the next heartbeat of another replica tells the waiters that a replica died', async () => {
  const harness = await openBuckets(redis(), 1);
  await twoWait(harness);
  const told = vi.fn<(change: unknown) => void>();
  harness.replica('b').onChange(told);
  harness.stopHeartbeats('a');
  harness.jumpServerClock(600);
  await harness.replica('c').leads(BOT);
  harness.jumpServerClock(900);
  await harness.replica('c').leads(BOT);
  harness.jumpServerClock(600);
  await harness.replica('c').leads(BOT);
  await vi.waitUntil(() => told.mock.calls.length > 0);
  expect(told).toHaveBeenCalledWith({ bot: BOT, bucket: null });
});

test("P6 what a dead replica's entries held are places from its death on", async () => {
  const harness = await openBuckets(redis(), 1);
  const { first } = await twoWait(harness);
  harness.stopHeartbeats('a');
  await harness.advance(DEAD_AFTER_MS);
  const early = await enterOne(harness.replica('b'), first.shard);
  expect(early.rank).not.toEqual(first.rank);
  await harness.replica('b').forget([early]);
  await harness.advance(harness.placeTtlMs - MOMENT_MS);
  expect((await enterOne(harness.replica('b'), first.shard)).rank).toEqual(first.rank);
});

test('P4 P5 a replica that was taken for dead goes on when it comes back', async () => {
  const harness = await openBuckets(redis(), 1);
  const { first, second } = await twoWait(harness);
  harness.stopHeartbeats('a');
  await harness.advance(DEAD_AFTER_MS + MOMENT_MS);
  expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
  harness.startHeartbeats('a');
  expect(await attempt(harness.replica('a'), first)).toEqual(denial('rank-not-held', null));
  const [rank] = await harness.replica('a').enter([first]);
  expect(rank).toEqual(first.rank);
  const third = await enterOne(harness.replica('b'), 3);
  await attempt(harness.replica('a'), first);
  await harness.advance(harness.intervalMs);
  expect(await attempt(harness.replica('b'), third)).toEqual(denial('line', null));
  expect(await attempt(harness.replica('a'), first)).toEqual(aPermit);
});

test('P10 nothing is kept of a dead replica once its places have expired', async () => {
  const harness = await openBuckets(redis(), 1);
  await grant(harness.replica('b'), 0);
  await harness.replica('b').leads(BOT);
  const before = await sizes(harness);
  for (const [index, priority] of (['normal', 'high', 'normal'] as const).entries()) {
    await attempt(harness.replica('d'), await enterOne(harness.replica('d'), index, { priority }));
  }
  await enterOne(harness.replica('d'), null);
  await harness.replica('d').leads(BOT);
  expect(await sizes(harness)).not.toEqual(before);
  harness.stopHeartbeats('d');
  await harness.advance(DEAD_AFTER_MS + MOMENT_MS);
  await harness.advance(harness.placeTtlMs);
  const newcomer = await enterOne(harness.replica('b'), 7);
  await harness.replica('b').forget([newcomer]);
  await harness.replica('b').leads(BOT);
  expect(await sizes(harness)).toEqual({ ...before, bot: expect.any(Number) });
});

/** Heads of different replicas in a bucket that has just opened. The head of `a` ranks first. */
async function twoWait(harness: RedisHarness): Promise<Record<'first' | 'second', Waiter>> {
  await grant(harness.replica('c'), 0);
  const first = await enterOne(harness.replica('a'), 1);
  const second = await enterOne(harness.replica('b'), 2);
  await attempt(harness.replica('a'), first);
  await attempt(harness.replica('b'), second);
  await harness.advance(harness.intervalMs);
  return { first, second };
}
