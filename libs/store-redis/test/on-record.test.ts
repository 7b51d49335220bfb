import { type Change, DEAD_AFTER_MS } from '@gateway-queue/identify-limiter';
import {
  BOT,
  enterOne,
  MOMENT_MS,
  OTHER_BOT,
  report,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test, vi } from 'vitest';
import type { Script } from '../src/scripts/script.ts';
import type { RedisHarness } from './harness.ts';
import { PassingServer } from './passing-server.ts';
import { openBuckets, openHarness } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { keyOf } from './stored.ts';

const redis = useRedis();

test('P4 P6 a replica that was taken for dead learns it with its next heartbeat, once', async () => {
  const harness = await openBuckets(redis(), 1);
  const heard = await listen(harness, 'a');
  harness.stopHeartbeats('a');
  await harness.advance(DEAD_AFTER_MS + MOMENT_MS);
  expect(heard()).toBe(0);
  harness.startHeartbeats('a');
  await harness.replica('a').leads(BOT);
  expect(heard()).toBe(1);
  await harness.replica('a').leads(BOT);
  await harness.replica('a').check();
  expect(heard()).toBe(1);
});

test.for([
  ['all data is lost', (harness: RedisHarness) => harness.connection.commands.flushall()],
  [
    'another server has taken over, which may not have what was written last',
    (harness: RedisHarness) =>
      harness.connection.commands.hset(keyOf(harness, 'bot'), 'history', 'f00'),
  ],
] as const)('P6 every replica hears so when %s', async ([, lose]) => {
  const harness = await openBuckets(redis(), 1);
  const [first, second] = [await listen(harness, 'a'), await listen(harness, 'b')];
  await harness.advance(MOMENT_MS);
  await lose(harness);
  await harness.replica('a').leads(BOT);
  await harness.replica('b').leads(BOT);
  expect([first(), second()]).toEqual([1, 1]);
});

test('P6 a waiter that leaves right after all data was lost has the place of the rank that it says it had', async () => {
  const harness = await openBuckets(redis(), 1);
  const first = await enterOne(harness.replica('a'), 1);
  await harness.advance(MOMENT_MS);
  await harness.connection.commands.flushall();
  await harness.replica('a').leave([first]);
  const newcomer = await enterOne(harness.replica('b'), 2);
  const again = await enterOne(harness.replica('b'), 1);
  expect(again.rank).toEqual(first.rank);
  expect(newcomer.rank.joinedAt).toBeGreaterThan(first.rank.joinedAt);
});

test('P6 a waiter that leaves after a loss has no place of a rank that was used since', async () => {
  const harness = await openBuckets(redis(), 1);
  const first = await enterOne(harness.replica('a'), 1);
  await harness.replica('a').leave([first]);
  const again = await enterOne(harness.replica('b'), 1);
  await harness.replica('b').forget([again]);
  await harness.replica('a').leave([first]);
  expect((await enterOne(harness.replica('b'), 1)).rank).not.toEqual(first.rank);
});

test('P9 while the node of one bot is down, the limiter serves the other bots', async () => {
  const harness = await openHarness(redis(), { wrap: (server) => new WithoutOneBot(server) });
  const limiter = harness.replica();
  await limiter.setLimits(BOT, report(1));
  await limiter.check();
  await expect(limiter.limits(OTHER_BOT)).rejects.toThrow('no such node');
  await limiter.check();
});

test('the check fails when the node of every bot is down', async () => {
  const harness = await openHarness(redis(), { wrap: (server) => new WithoutOneBot(server) });
  await expect(harness.replica().limits(OTHER_BOT)).rejects.toThrow('no such node');
  await expect(harness.replica().check()).rejects.toThrow('no such node');
});

/** Fails every call about one bot. */
class WithoutOneBot extends PassingServer {
  override run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    if (args[1] === OTHER_BOT) return Promise.reject(new Error('no such node'));
    return super.run(script, keys, args);
  }
}

/** Counts how often the replica is told that its entries are lost, from its first heartbeat on. */
async function listen(harness: RedisHarness, name: string): Promise<() => number> {
  const told = vi.fn<(change: Change) => void>();
  harness.replica(name).onChange(told);
  await harness.replica(name).leads(BOT);
  return () => told.mock.calls.filter(([change]) => 'entriesLost' in change).length;
}
