import { BOT, enterOne, grant, MOMENT_MS } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { DEAD_AFTER_MS } from '@gateway-queue/identify-limiter';
import { openBuckets, openHarness } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

test('P6 P8 an entry that enters again after a lost reply takes no second place', async () => {
  const harness = await openHarness(redis());
  const limiter = harness.replica();
  const places = [await enterOne(limiter, 4), await enterOne(limiter, 4, { priority: 'high' })];
  await limiter.leave(places);
  const waiter = { id: 'one', bot: BOT, shard: 4, priority: 'normal' as const };
  const [rank] = await limiter.enter([waiter]);
  expect(await limiter.enter([waiter])).toEqual([rank]);
  const tickets = [rank?.ticket, (await enterOne(limiter, 4)).rank.ticket];
  expect(new Set(tickets)).toEqual(new Set(places.map((place) => place.rank.ticket)));
});

test('P6 P10 of a dead replica with more waiters than the bound of places the first in line have places', async () => {
  const harness = await openBuckets(redis(), 1);
  const waiters = [];
  for (let shard = 1; shard <= harness.maxPlaces + 3; shard++) {
    waiters.push(await enterOne(harness.replica('d'), shard));
  }
  harness.stopHeartbeats('d');
  await harness.advance(DEAD_AFTER_MS + MOMENT_MS);
  await grant(harness.replica(), 0);
  const kept = [];
  for (const { shard, rank } of waiters) {
    const again = await enterOne(harness.replica(), shard);
    kept.push(again.rank.ticket === rank.ticket);
  }
  expect(kept).toEqual(waiters.map((_, index) => index < harness.maxPlaces));
});
