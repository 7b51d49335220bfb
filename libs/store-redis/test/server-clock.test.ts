import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  grant,
  MOMENT_MS,
  tryNew,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const HOUR_MS = 3_600_000;

const redis = useRedis();

// A clock that was set forward cannot be told from time that has passed, so a bucket opens early then. Only a server whose
// clock is slewed, as NTP does, keeps that from happening.

test("P1 P9 with the server's clock set back a bucket stays closed for as long as it would have, and no longer", async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica('a'), 0);
  await harness.advance(1000);
  harness.jumpServerClock(-HOUR_MS);
  expect(await tryNew(harness.replica('b'), 0)).toEqual(
    denial('interval', harness.intervalMs - 1000),
  );
  await harness.advance(harness.intervalMs - 1000 - MOMENT_MS);
  expect(await tryNew(harness.replica('b'), 0)).toEqual(denial('interval', MOMENT_MS));
  await harness.advance(MOMENT_MS);
  expect(await tryNew(harness.replica('b'), 2, { priority: 'high' })).toEqual(aPermit);
});

test('P9 time that passed without a write before the clock was set back is waited for again: an interval at most', async () => {
  const harness = await openBuckets(redis(), 1);
  await grant(harness.replica(), 0);
  // No replica sends a heartbeat meanwhile.
  harness.jumpServerClock(harness.intervalMs);
  harness.jumpServerClock(-HOUR_MS);
  expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', harness.intervalMs));
  await harness.advance(harness.intervalMs);
  expect(await tryNew(harness.replica(), 1, { priority: 'high' })).toEqual(aPermit);
});

test('P1 P9 a clock that is set forward and back again adds nothing to any wait, nor takes from it', async () => {
  const harness = await openBuckets(redis(), 1);
  harness.jumpServerClock(HOUR_MS);
  await grant(harness.replica(), 0);
  harness.jumpServerClock(-HOUR_MS);
  expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', harness.intervalMs));
  await harness.advance(harness.intervalMs);
  expect(await tryNew(harness.replica(), 1, { priority: 'high' })).toEqual(aPermit);
});

test('P1 a clock that is set back again and again opens nothing early', async () => {
  const harness = await openBuckets(redis(), 1);
  await grant(harness.replica(), 0);
  for (let round = 0; round < 5; round++) {
    await harness.advance(1000);
    harness.jumpServerClock(-HOUR_MS * round);
    expect(await tryNew(harness.replica(), 0)).toEqual(
      denial('interval', harness.intervalMs - 1000 * (round + 1)),
    );
  }
});

test.each([HOUR_MS, -HOUR_MS])(
  'P4 with a clock that was set by %d ms newcomers go behind the waiters',
  async (byMs) => {
    const harness = await openBuckets(redis(), 1);
    const [a, b] = [harness.replica('a'), harness.replica('b')];
    const first = await enterOne(a, 0);
    await waitClosed(harness, first);
    harness.jumpServerClock(byMs);
    const second = await enterOne(b, 1);
    await harness.advance(harness.intervalMs);
    expect(await attempt(b, second)).toEqual(denial('line', null));
    expect(await attempt(a, first)).toEqual(aPermit);
  },
);

test('P5 P7 with a clock set back, dead replicas are found and pauses end as they would have', async () => {
  const harness = await openBuckets(redis(), 1);
  const [a, b] = [harness.replica('a'), harness.replica('b')];
  await waitClosed(harness, await enterOne(a, 0));
  await b.pause({ bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: 10_000 });
  harness.jumpServerClock(-HOUR_MS);
  const waiter = await enterOne(b, 1);
  harness.stopHeartbeats('a');
  await harness.advance(10_000 - MOMENT_MS);
  expect(await attempt(b, waiter)).toEqual(denial('paused', MOMENT_MS));
  await harness.advance(MOMENT_MS);
  expect(await attempt(b, waiter)).toEqual(aPermit);
});

/** The waiter is its replica's head of a bucket that has just been closed. */
async function waitClosed(harness: RedisHarness, waiter: Parameters<typeof attempt>[1]) {
  await grant(harness.replica('c'), 9, { priority: 'high' });
  expect(await attempt(harness.replica('a'), waiter)).toMatchObject({ reason: 'interval' });
}
