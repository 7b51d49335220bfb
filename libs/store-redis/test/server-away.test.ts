import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  grant,
  type Waiter,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

/** Longer than a replica may be silent, and longer than places are kept. */
const AWAY_MS = 180_000;

const redis = useRedis();

// A server that was out of reach and a server whose clock was set forward are the same to replicas: on the server's clock
// time has passed in which it heard of no replica.

test('P4 P9 when a server is back, the waiters go on in their order', async () => {
  const harness = await openBuckets(redis(), 1);
  const { first, second, third } = await threeWait(harness);
  harness.jumpServerClock(AWAY_MS);
  expect(await attempt(harness.replica('c'), third)).toEqual(denial('line', null));
  await enterOne(harness.replica('c'), 9);
  expect(await attempt(harness.replica('b'), second)).toEqual(denial('line', null));
  expect(await attempt(harness.replica('a'), first)).toEqual(aPermit);
  await harness.advance(harness.intervalMs);
  expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
});

test('P6 a waiter that leaves when the server is back has a place', async () => {
  const harness = await openBuckets(redis(), 1);
  const { first } = await threeWait(harness);
  harness.jumpServerClock(AWAY_MS);
  await harness.replica('b').leads(BOT);
  await harness.advance(AWAY_MS);
  await harness.replica('a').leave([first]);
  expect((await enterOne(harness.replica('b'), first.shard)).rank).toEqual(first.rank);
});

test('P5 a replica that died while the server was away delays the others by no more than any dead replica', async () => {
  const harness = await openBuckets(redis(), 1);
  const { second } = await threeWait(harness);
  harness.stopHeartbeats('a');
  harness.jumpServerClock(AWAY_MS);
  expect(await attempt(harness.replica('b'), second)).toEqual(denial('line', null));
  await harness.advance(harness.deadReplicaMs);
  expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
});

test("P6 when all replicas died, their waiters' places count from the start of the first replica", async () => {
  const harness = await openBuckets(redis(), 1);
  const { first } = await threeWait(harness);
  await harness.restart({ downMs: AWAY_MS });
  await harness.replica('d').leads(BOT);
  await harness.advance(harness.deadReplicaMs);
  expect((await enterOne(harness.replica('d'), first.shard)).rank).toEqual(first.rank);
});

/** A waiter of each replica. Each is the head of its replica's line of a closed bucket. */
async function threeWait(
  harness: RedisHarness,
): Promise<Record<'first' | 'second' | 'third', Waiter>> {
  await grant(harness.replica('a'), 0);
  const first = await enterOne(harness.replica('a'), 1);
  const second = await enterOne(harness.replica('b'), 2);
  const third = await enterOne(harness.replica('c'), 3);
  await attempt(harness.replica('a'), first);
  await attempt(harness.replica('b'), second);
  await attempt(harness.replica('c'), third);
  return { first, second, third };
}
