import { randomUUID } from 'node:crypto';
import { attemptOf, BOT, enterOne } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { sizes } from './stored.ts';

const MANY = 10_000;
const AT_ONCE = 100;
const HOUR_MS = 3_600_000;
const LONG = { timeout: 60_000 };

const redis = useRedis();

test('P10 permits are dropped after an hour and the time for their confirm', LONG, async () => {
  const harness = await openBuckets(redis(), AT_ONCE, { total: 10 * MANY });
  for (let given = 0; given < MANY; given += AT_ONCE) await grantAll(harness);
  expect(await sizes(harness)).toMatchObject({ permits: MANY, 'permits-granted': MANY });
  await harness.advance(HOUR_MS + harness.rules.confirmTimeoutMs);
  // Each permit drops so many old ones that none is left in the end.
  await grantAll(harness);
  expect(await sizes(harness)).toEqual({
    bot: expect.any(Number),
    buckets: AT_ONCE,
    connections: 1,
    'on-record': 0,
    heads: 0,
    replicas: 1,
    entries: 0,
    holders: 0,
    waiting: 0,
    places: 0,
    'places-left': 0,
    permits: AT_ONCE,
    'permits-granted': AT_ONCE,
    'permits-usable': AT_ONCE,
    'permits-of-shards': AT_ONCE,
    'permits-refused': 0,
    pauses: 0,
  });
});

test('P10 however many waiters leave, no more places are kept than the bound', LONG, async () => {
  const harness = await openBuckets(redis(), 1);
  for (let left = 0; left < MANY; left += AT_ONCE) {
    const entries = newcomers();
    await harness.replica().enter(entries);
    await harness.replica().leave(entries);
  }
  expect(await sizes(harness)).toMatchObject({
    entries: 0,
    holders: 0,
    waiting: 0,
    places: harness.maxPlaces,
    'places-left': harness.maxPlaces,
  });
});

test('P10 nothing is kept of entries that are forgotten', LONG, async () => {
  const harness = await openBuckets(redis(), 1);
  const before = await sizes(harness);
  for (let left = 0; left < MANY; left += AT_ONCE) {
    const entries = newcomers();
    await harness.replica().enter(entries);
    await harness.replica().forget(entries);
  }
  expect(await sizes(harness)).toEqual({ ...before, bot: expect.any(Number) });
});

test('P10 nothing is kept of replicas that come and go', LONG, async () => {
  const harness = await openBuckets(redis(), 1);
  for (let count = 0; count < 100; count++) {
    const name = `passing-${count}`;
    await enterOne(harness.replica(name), count);
    await harness.replica(name).leads(BOT);
    harness.stopHeartbeats(name);
    await harness.advance(1000);
  }
  await harness.advance(harness.deadReplicaMs);
  await harness.advance(harness.placeTtlMs);
  await harness.replica().forget([await enterOne(harness.replica(), 0)]);
  expect(await sizes(harness)).toMatchObject({ replicas: 1, entries: 0, heads: 0, places: 0 });
});

/** One permit for each bucket, then its interval. */
async function grantAll(harness: RedisHarness): Promise<void> {
  const limiter = harness.replica();
  const entries = newcomers();
  const ranks = await limiter.enter(entries);
  const limits = await limiter.limits(BOT);
  const answers = await Promise.all(
    entries.flatMap((entry, index) => {
      const rank = ranks[index];
      if (rank === undefined) return [];
      const waiter = { ...entry, rank, operation: randomUUID() };
      return [limiter.tryAcquire(attemptOf(waiter, limits))];
    }),
  );
  expect(answers.filter(({ granted }) => granted)).toHaveLength(AT_ONCE);
  await harness.advance(harness.intervalMs);
}

function newcomers() {
  return Array.from({ length: AT_ONCE }, (_, shard) => {
    return { id: randomUUID(), bot: BOT, shard, priority: 'normal' as const };
  });
}
