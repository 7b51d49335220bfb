import { compareRanks, DEAD_AFTER_MS } from '@gateway-queue/identify-limiter';
import {
  BOT,
  enterOne,
  grant,
  granted,
  MOMENT_MS,
  report,
  type Waiter,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { keyOf } from './stored.ts';

const redis = useRedis();

test('P4 a request that names no shard keeps its rank when it enters again, though a later one left a place', async () => {
  const harness = await openBuckets(redis(), 1);
  const head = await enterOne(harness.replica('a'), null);
  await harness.advance(1000);
  const middle = await enterOne(harness.replica('a'), 5);
  await harness.advance(1000);
  const late = await enterOne(harness.replica('b'), null);
  await harness.advance(MOMENT_MS);
  await harness.connection.commands.flushall();
  await harness.replica('b').leave([late]);
  expect(ranksFirst(await enterAgain(harness, head), await enterAgain(harness, middle))).toBe(true);
});

test('P4 an entry that comes back after its rank was used elsewhere goes behind all others', async () => {
  const harness = await openBuckets(redis(), 1);
  const moved = await enterOne(harness.replica('a'), 1);
  harness.stopHeartbeats('a');
  await harness.advance(DEAD_AFTER_MS + MOMENT_MS);
  const other = await enterOne(harness.replica('b'), 2);
  expect((await grantPlaceOf(harness, moved)).rank).toEqual(moved.rank);
  harness.startHeartbeats('a');
  expect(ranksFirst(other, await enterAgain(harness, moved))).toBe(true);
});

test.for([
  [
    'the limits were known',
    async (harness: RedisHarness) => {
      await harness.connection.commands.del(keyOf(harness, 'bot'));
      await harness.replica('b').setLimits(BOT, report(1));
    },
  ],
  ['another server took over', takeOver],
] as const)(
  'P4 a leave that is repeated makes no place of a rank that was used, also of one of before %s',
  async ([, lose]) => {
    const harness = await openBuckets(redis(), 1);
    const waiter = await enterOne(harness.replica('a'), 1);
    await harness.advance(MOMENT_MS);
    await lose(harness);
    await harness.replica('a').leads(BOT);
    const again = await enterAgain(harness, waiter);
    await harness.advance(harness.intervalMs);
    await harness.replica('a').leave([again]);
    const other = await enterOne(harness.replica('b'), 2);
    await grantPlaceOf(harness, again);
    await harness.replica('a').leave([again]);
    await harness.advance(harness.intervalMs);
    expect(ranksFirst(other, await enterOne(harness.replica('b'), 1))).toBe(true);
  },
);

test('P4 so does an entry of a replica that was away while its shard was served elsewhere', async () => {
  const harness = await openBuckets(redis(), 1);
  const waiter = await enterOne(harness.replica('a'), 1);
  await harness.advance(MOMENT_MS);
  await takeOver(harness);
  await harness.replica('a').leads(BOT);
  await enterAgain(harness, waiter);
  await harness.advance(harness.intervalMs);
  harness.stopHeartbeats('a');
  await grant(harness.replica('b'), 9);
  await harness.advance(harness.intervalMs);
  await grantPlaceOf(harness, waiter);
  const other = await enterOne(harness.replica('b'), 2);
  await harness.replica('a').leave([waiter]);
  await harness.advance(harness.intervalMs);
  expect(ranksFirst(other, await enterOne(harness.replica('b'), 1))).toBe(true);
});

test('P6 leave notices that another server took over which lacks the last write', async () => {
  const harness = await openBuckets(redis(), 1);
  const waiter = await enterOne(harness.replica('a'), 1);
  await harness.advance(MOMENT_MS);
  await harness.replica('a').forget([waiter]);
  await takeOver(harness);
  await harness.replica('a').leave([waiter]);
  expect((await enterOne(harness.replica('b'), 1)).rank).toEqual(waiter.rank);
});

test('P10 a replica that has ended leaves no number of a connection, whatever it still reads', async () => {
  const harness = await openBuckets(redis(), 1);
  await harness.replica('b').leads(BOT);
  harness.stopHeartbeats('a');
  await harness.replica('a').close();
  await harness.replica('a').limits(BOT);
  const kept = await harness.connection.commands.hkeys(keyOf(harness, 'connections'));
  expect(kept).toHaveLength(1);
});

async function enterAgain(harness: RedisHarness, waiter: Waiter): Promise<Waiter> {
  const [rank] = await harness.replica('a').enter([waiter]);
  if (rank === undefined) throw new Error('enter() resolved without a rank');
  return { ...waiter, rank };
}

/** The waiter's shard asks again at another replica, and gets its permit there. */
async function grantPlaceOf(harness: RedisHarness, { shard }: Waiter): Promise<Waiter> {
  const back = await enterOne(harness.replica('b'), shard);
  await granted(harness.replica('b'), back);
  return back;
}

async function takeOver(harness: RedisHarness): Promise<void> {
  await harness.connection.commands.hset(keyOf(harness, 'bot'), 'history', 'f00');
}

function ranksFirst(one: Waiter, other: Waiter): boolean {
  return compareRanks(one.rank, other.rank) < 0;
}
