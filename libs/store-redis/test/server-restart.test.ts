import {
  aPermit,
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  MOMENT_MS,
  remaining,
  tryNew,
} from '@gateway-queue/identify-limiter/testing';
import { describe, expect, test, vi } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis, useValkey } from './servers/file-servers.ts';
import type { OneServer } from './servers/one-server.ts';

const pause = { bot: BOT, bucket: 0, reason: 'why', by: 'ana' };

describe.each([
  ['Redis', useRedis()],
  ['Valkey', useValkey()],
])('%s started anew with what it had saved', (_, server) => {
  test('P1 a whole interval passes, since a permit may have been lost', async () => {
    const harness = await openBuckets(server(), 2);
    await save(harness);
    await grant(harness.replica(), 0);
    await crash(server(), harness);
    expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', harness.intervalMs));
    await harness.advance(harness.intervalMs - MOMENT_MS);
    expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', MOMENT_MS));
    expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', MOMENT_MS));
    await harness.advance(MOMENT_MS);
    expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
    expect(await tryNew(harness.replica(), 1)).toEqual(aPermit);
  });

  test('P1 P9 that interval passes once, and begins with the first heartbeat', async () => {
    const harness = await openBuckets(server(), 1);
    await save(harness);
    await crash(server(), harness);
    await harness.replica().leads(BOT);
    await harness.advance(harness.intervalMs - MOMENT_MS);
    expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', MOMENT_MS));
    await harness.advance(MOMENT_MS);
    expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
  });

  test('P3 one session start for each bucket, which may have been lost, is taken off until Discord can have counted it', async () => {
    const harness = await openBuckets(server(), 2, { total: 10 });
    await grant(harness.replica(), 0);
    await save(harness);
    await grant(harness.replica(), 1);
    await crash(server(), harness);
    await harness.replica().leads(BOT);
    expect(await remaining(harness.replica())).toBe(7);
    await harness.replica().leads(BOT);
    expect(await remaining(harness.replica())).toBe(7);
    // Discord has not counted the lost permits yet.
    await harness.replica().setLimits(BOT, discordReport(2, 10, { total: 10 }));
    expect(await remaining(harness.replica())).toBeLessThanOrEqual(8);
    await harness.advance(60_000);
    const limits = await harness.replica().setLimits(BOT, discordReport(2, 8, { total: 10 }));
    expect(limits.remaining).toBe(8);
    await harness.replica().leads(BOT);
    expect(await remaining(harness.replica())).toBe(8);
  });

  test('P4 P9 a head of before the restart holds up no waiter until its replica reports it again', async () => {
    const harness = await openBuckets(server(), 1);
    const [a, b] = [harness.replica('a'), harness.replica('b')];
    const served = await enterOne(a, 0);
    await a.pause({ ...pause, durationMs: null });
    await attempt(a, served);
    await save(harness);
    await a.resume(pause);
    expect(await attempt(a, served)).toEqual(aPermit);
    await crash(server(), harness);
    await b.resume(pause);
    await b.leads(BOT);
    const waiter = await enterOne(b, 1);
    expect(await attempt(b, waiter)).toEqual(denial('interval', harness.intervalMs));
    await harness.advance(harness.intervalMs);
    expect(await attempt(b, waiter)).toEqual(aPermit);
  });
});

async function save({ connection }: RedisHarness): Promise<void> {
  await connection.commands.call('SAVE');
}

async function crash(server: OneServer, harness: RedisHarness): Promise<void> {
  await server.kill();
  await server.start();
  await vi.waitUntil(() =>
    harness
      .replica('c')
      .limits(BOT)
      .then(Boolean, () => false),
  );
}
