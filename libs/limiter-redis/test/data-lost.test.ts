import {
  aPermit,
  BOT,
  denial,
  discordReport,
  grant,
  grantAwaited,
  MOMENT_MS,
  report,
  tryNew,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { keysOf } from '../src/keys.ts';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

test('P1 once all data is lost there are no permits before limits are reported again, and then a full interval passes', async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica('a'), 0);
  await harness.connection.commands.flushall();
  expect(await harness.replica('b').limits(BOT)).toBeUndefined();
  expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('limits-unknown', null));
  await harness.advance(60_000);
  expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('limits-unknown', null));
  await harness.replica('b').setLimits(BOT, report(2));
  await passesOneInterval(harness);
});

test('P1 so it does when the limits of the bot alone are lost, and what closes its buckets is not', async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica(), 0);
  await harness.advance(harness.intervalMs);
  await loseLimits(harness);
  await harness.replica().setLimits(BOT, report(2));
  await passesOneInterval(harness);
});

test('P2 and a permit that is still awaited keeps all buckets closed', async () => {
  const harness = await openBuckets(redis(), 2);
  await grantAwaited(harness.replica(), 0);
  await loseLimits(harness);
  await harness.replica().setLimits(BOT, report(2));
  const leftMs = harness.rules.confirmTimeoutMs + harness.intervalMs;
  expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', leftMs));
});

test('P3 permits that are still on record are taken off what Discord counts', async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica(), 0);
  await loseLimits(harness);
  const limits = await harness.replica().setLimits(BOT, discordReport(2, 10));
  expect(limits.remaining).toBe(9);
});

test('the version of the limits is another one than before, although its count was lost', async () => {
  const harness = await openBuckets(redis(), 2);
  const before = await harness.replica().limits(BOT);
  await harness.connection.commands.flushall();
  const after = await harness.replica().setLimits(BOT, report(3));
  expect(after.version).not.toBe(before?.version);
});

async function passesOneInterval(harness: RedisHarness): Promise<void> {
  for (const [name, shard] of [
    ['a', 0],
    ['b', 1],
  ] as const) {
    expect(await tryNew(harness.replica(name), shard)).toEqual(
      denial('interval', harness.intervalMs),
    );
  }
  await harness.advance(harness.intervalMs - MOMENT_MS);
  expect(await tryNew(harness.replica('a'), 2)).toEqual(denial('interval', MOMENT_MS));
  await harness.advance(MOMENT_MS);
  expect(await tryNew(harness.replica('a'), 2, { priority: 'high' })).toEqual(aPermit);
  expect(await tryNew(harness.replica('b'), 3, { priority: 'high' })).toEqual(aPermit);
}

async function loseLimits({ connection, prefix }: RedisHarness): Promise<void> {
  const key = keysOf(prefix, BOT).find((name) => name.endsWith(':bot'));
  expect(await connection.commands.del(String(key))).toBe(1);
}
