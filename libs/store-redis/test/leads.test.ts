import { BOT, MOMENT_MS } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { DEAD_AFTER_MS } from '@gateway-queue/identify-limiter';
import type { RedisHarness } from './harness.ts';
import { openHarness } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

test('exactly one of three replicas leads, and goes on', async () => {
  const harness = await openHarness(redis());
  const [leader] = await leaders(harness);
  for (let round = 0; round < 3; round++) {
    await harness.advance(60_000);
    expect(await leaders(harness)).toEqual([leader]);
  }
});

test('when the leader dies another replica takes over, and stays the leader when the first comes back', async () => {
  const harness = await openHarness(redis());
  const [leader = ''] = await leaders(harness);
  const others = ['a', 'b', 'c'].filter((name) => name !== leader);
  harness.stopHeartbeats(leader);
  await harness.advance(DEAD_AFTER_MS);
  expect(await leaders(harness, others)).toEqual([]);
  await harness.advance(MOMENT_MS);
  const [successor] = await leaders(harness, others);
  expect(others).toContain(successor);
  expect(await leaders(harness)).toEqual([successor]);
});

test('when the leader ends in good order another replica takes over at once', async () => {
  const harness = await openHarness(redis());
  const [leader = ''] = await leaders(harness);
  const others = ['a', 'b', 'c'].filter((name) => name !== leader);
  await harness.replica(leader).close();
  expect(await leaders(harness, others)).toHaveLength(1);
});

test('when all data is lost exactly one replica leads again', async () => {
  const harness = await openHarness(redis());
  await leaders(harness);
  await harness.connection.commands.flushall();
  const [leader] = await leaders(harness, ['c', 'b', 'a']);
  expect(await leaders(harness)).toEqual([leader]);
});

test('another replica may lead for another bot', async () => {
  const harness = await openHarness(redis());
  expect(await harness.replica('a').leads(BOT)).toBe(true);
  expect(await harness.replica('b').leads('other')).toBe(true);
  expect(await harness.replica('b').leads(BOT)).toBe(false);
});

/** Which of the replicas lead when all ask at the same time. */
async function leaders(harness: RedisHarness, names = ['a', 'b', 'c']): Promise<string[]> {
  const leading = await Promise.all(names.map((name) => harness.replica(name).leads(BOT)));
  return names.filter((_, index) => leading[index]);
}
