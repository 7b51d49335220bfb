import {
  aPermit,
  BOT,
  DEFAULT_RULES,
  denial,
  discordReport,
  grant,
  grantPending,
  MOMENT_MS,
  report,
  tryNew,
} from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { keyOf } from './stored.ts';

const redis = useRedis();

const INTERVAL_MS = DEFAULT_RULES.intervalMs + DEFAULT_RULES.marginMs;
const ONE_INTERVAL = [
  [denial('interval', INTERVAL_MS), denial('interval', INTERVAL_MS)],
  [denial('interval', MOMENT_MS), denial('interval', MOMENT_MS)],
  [aPermit, aPermit],
];

test('P1 once all data is lost there are no permits before limits are reported again, and then a full interval passes', async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica('a'), 0);
  await harness.connection.commands.flushall();
  expect(await harness.replica('b').limits(BOT)).toBeUndefined();
  expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('limits-unknown', null));
  await harness.advance(60_000);
  expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('limits-unknown', null));
  await harness.replica('b').setLimits(BOT, report(2));
  expect(await answersOverInterval(harness)).toEqual(ONE_INTERVAL);
});

test("P1 a full interval passes too when the bot's limits are lost but not what closes its buckets", async () => {
  const harness = await openBuckets(redis(), 2);
  await grant(harness.replica(), 0);
  await harness.advance(harness.intervalMs);
  await loseLimits(harness);
  await harness.replica().setLimits(BOT, report(2));
  expect(await answersOverInterval(harness)).toEqual(ONE_INTERVAL);
});

test('P2 after a loss of the limits a pending permit keeps all buckets closed', async () => {
  const harness = await openBuckets(redis(), 2);
  await grantPending(harness.replica(), 0);
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

test('the limits get a new version, although the count of versions was lost', async () => {
  const harness = await openBuckets(redis(), 2);
  const before = await harness.replica().limits(BOT);
  await harness.connection.commands.flushall();
  const after = await harness.replica().setLimits(BOT, report(3));
  expect(after.version).not.toBe(before?.version);
});

/** The answers to two buckets: at first, a moment before an interval is over, and once it is over. */
async function answersOverInterval(harness: RedisHarness): Promise<unknown[]> {
  const ask = () =>
    Promise.all([
      tryNew(harness.replica('a'), 0, { priority: 'high' }),
      tryNew(harness.replica('b'), 1, { priority: 'high' }),
    ]);
  const atFirst = await ask();
  await harness.advance(harness.intervalMs - MOMENT_MS);
  const before = await ask();
  await harness.advance(MOMENT_MS);
  return [atFirst, before, await ask()];
}

async function loseLimits(harness: RedisHarness): Promise<void> {
  expect(await harness.connection.commands.del(keyOf(harness, 'bot'))).toBe(1);
}
