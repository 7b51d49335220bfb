import {
  type PermitsWanted,
  type PermitView,
  SESSION_WINDOW_MS,
} from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Limiter, Suite } from './harness.ts';
import {
  BOT,
  enterOne,
  grant,
  grantPending,
  granted,
  MOMENT_MS,
  openingsInMs,
  OTHER_BOT,
  report,
  start,
  startOpen,
} from './moves.ts';

export function views(suite: Suite): void {
  describe('what operators see', () => {
    test('any replica shows all waiters in rank order', async () => {
      const harness = await start(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      const first = await enterOne(a, 3);
      await harness.advance(1000);
      const unnamed = await enterOne(b, null);
      const urgent = await enterOne(b, 4, { priority: 'high' });
      const gone = await enterOne(a, 5);
      await a.leave([gone]);
      await enterOne(a, 6, { bot: OTHER_BOT });
      await harness.advance(500);
      for (const replica of [a, b]) {
        const { now, waiters } = await replica.waiters(BOT);
        expect(waiters).toMatchObject([
          { id: urgent.id, shard: 4, rank: urgent.rank, since: now - 500 },
          { id: first.id, shard: 3, rank: first.rank, since: now - 1500 },
          { id: unnamed.id, shard: null, rank: unnamed.rank, since: now - 500 },
        ]);
        expect(waiters[0]?.replica).toBe(waiters[2]?.replica);
        expect(waiters[0]?.replica).not.toBe(waiters[1]?.replica);
      }
      expect(await a.waiters('no such bot')).toMatchObject({ waiters: [] });
    });

    test('a shard that asks again waits since it first joined; one that has its permit waits no more', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      await limiter.leave([waiter]);
      await harness.advance(1000);
      await enterOne(limiter, 0);
      await granted(limiter, await enterOne(limiter, 1));
      const { now, waiters } = await limiter.waiters(BOT);
      expect(waiters).toMatchObject([{ shard: 0, since: now - 1000 }]);
      expect(limiter.momentOf(waiter.rank.joinedAt)).toBe(now - 1000);
    });

    test('the permits given last, with their statuses', async () => {
      const harness = await startOpen(suite, 8);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      const plain = await grant(a, 3);
      await harness.advance(1000);
      const pending = await grantPending(b, 1);
      await harness.advance(1000);
      const confirmed = await grantPending(a, 2);
      await b.confirm(BOT, confirmed.id);
      await harness.advance(1000);
      const back = await grant(b, null);
      await a.release(BOT, back.id);
      const { now } = await a.view(BOT);
      const all = [
        { id: back.id, shard: null, bucket: 0, grantedAt: now, status: 'released' },
        { id: confirmed.id, shard: 2, bucket: 2, grantedAt: now - 1000, status: 'confirmed' },
        { id: pending.id, shard: 1, bucket: 1, grantedAt: now - 2000, status: 'pending' },
        { id: plain.id, shard: 3, bucket: 3, grantedAt: now - 3000, status: 'granted' },
      ];
      expect(await latestPermits(a, 10)).toEqual(all);
      expect(await latestPermits(b, 2)).toEqual(all.slice(0, 2));
      expect(await latestPermits(a, 10, OTHER_BOT)).toEqual([]);
    });

    test('as many permits as are wanted: a number, and more for each bucket, up to a bound', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      for (const shard of [0, 1, 2, 3]) await grant(limiter, shard);
      await harness.advance(harness.intervalMs);
      for (const shard of [0, 1, 2, 3]) await grant(limiter, shard);
      const countOf = async (wanted?: PermitsWanted) =>
        (await limiter.view(BOT, wanted)).permits.length;
      expect(await countOf()).toBe(0);
      expect(await countOf({ base: 1, perBucket: 1, max: 10 })).toBe(5);
      expect(await countOf({ base: 1, perBucket: 1, max: 3 })).toBe(3);
      expect(await countOf({ base: 1, perBucket: 10, max: 100 })).toBe(8);
    });

    test('a permit whose confirm does not come in time has expired, until the confirm comes after all', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const status = async () => (await latestPermits(limiter, 1))[0]?.status;
      const { id } = await grantPending(limiter, 0);
      await harness.advance(harness.rules.confirmTimeoutMs - MOMENT_MS);
      expect(await status()).toBe('pending');
      await harness.advance(MOMENT_MS);
      expect(await status()).toBe('expired');
      await limiter.confirm(BOT, id);
      expect(await status()).toBe('confirmed');
    });

    test('when each bucket opens', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      expect(await openingsInMs(limiter)).toEqual([]);
      await limiter.setLimits(BOT, report(3));
      await harness.advance(1000);
      expect(await openingsInMs(limiter)).toEqual(Array(3).fill(harness.intervalMs - 1000));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 1);
      await harness.advance(500);
      expect(await openingsInMs(harness.replica('b'))).toEqual([0, harness.intervalMs - 500, 0]);
    });

    test('a replica is among those that live', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      await enterOne(limiter, 0);
      const { now, replicas } = await limiter.replicas(BOT);
      expect(replicas).toContainEqual({ replica: expect.any(String), heardAt: now });
    });

    test('the limits, with their moments', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      expect((await limiter.view(BOT)).limits).toBeUndefined();
      await limiter.setLimits(BOT, report(2));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      await harness.advance(500);
      const { limits, now } = await harness.replica('b').view(BOT);
      expect(limits).toEqual({
        version: (await limiter.limits(BOT))?.version,
        maxConcurrency: 2,
        discordMaxConcurrency: null,
        total: 1000,
        remaining: 999,
        source: 'default',
        countedByDiscord: false,
        reportedAt: now - harness.intervalMs - 500,
        resetAt: now - 500 + SESSION_WINDOW_MS,
      });
    });

    test('what does not change has the same moment in each reading', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await limiter.pause({ bot: BOT, bucket: 1, reason: 'r', by: 'b', durationMs: 60_000 });
      await grant(limiter, 0);
      const first = await limiter.view(BOT, ALL_PERMITS);
      await harness.advance(777.625);
      harness.jumpWall(-100);
      const { now, ...second } = await limiter.view(BOT, ALL_PERMITS);
      expect({ ...second, now }).toEqual({ ...first, now });
      expect(now).toBe(first.now + 777.625);
    });
  });
}

const ALL_PERMITS: PermitsWanted = { base: 1000, perBucket: 0, max: 1000 };

async function latestPermits(
  limiter: Limiter,
  count: number,
  bot = BOT,
): Promise<readonly PermitView[]> {
  return (await limiter.view(bot, { base: count, perBucket: 0, max: count })).permits;
}
