import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  BOT,
  enterOne,
  grant,
  grantAwaited,
  granted,
  MOMENT_MS,
  OTHER_BOT,
  report,
  start,
  startOpen,
} from './moves.ts';

export function views(suite: Suite): void {
  describe('what operators look at', () => {
    test('any replica tells of all who wait, in the order of their ranks', async () => {
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
        const waiters = await replica.waiters(BOT);
        expect(waiters).toMatchObject([
          { id: urgent.id, shard: 4, rank: urgent.rank, waitingMs: 500 },
          { id: first.id, shard: 3, rank: first.rank, waitingMs: 1500 },
          { id: unnamed.id, shard: null, rank: unnamed.rank, waitingMs: 500 },
        ]);
        expect(waiters[0]?.replica).toBe(waiters[2]?.replica);
        expect(waiters[0]?.replica).not.toBe(waiters[1]?.replica);
      }
      expect(await a.waiters('nobody')).toEqual([]);
    });

    test('who comes back waits since it first joined, and who has its permit waits no more', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      await limiter.leave([waiter]);
      await harness.advance(1000);
      await enterOne(limiter, 0);
      await granted(limiter, await enterOne(limiter, 1));
      expect(await limiter.waiters(BOT)).toMatchObject([{ shard: 0, waitingMs: 1000 }]);
    });

    test('the permits given last, and what became of them', async () => {
      const harness = await startOpen(suite, 8);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      const plain = await grant(a, 3);
      await harness.advance(1000);
      const awaited = await grantAwaited(b, 1);
      await harness.advance(1000);
      const confirmed = await grantAwaited(a, 2);
      await b.confirm(BOT, confirmed.id);
      await harness.advance(1000);
      const back = await grant(b, null);
      await a.release(BOT, back.id);
      const all = [
        { id: back.id, shard: null, bucket: 0, ageMs: 0, status: 'released' },
        { id: confirmed.id, shard: 2, bucket: 2, ageMs: 1000, status: 'confirmed' },
        { id: awaited.id, shard: 1, bucket: 1, ageMs: 2000, status: 'pending' },
        { id: plain.id, shard: 3, bucket: 3, ageMs: 3000, status: 'granted' },
      ];
      expect(await a.recentPermits(BOT, 10)).toEqual(all);
      expect(await b.recentPermits(BOT, 2)).toEqual(all.slice(0, 2));
      expect(await a.recentPermits(OTHER_BOT, 10)).toEqual([]);
    });

    test('a permit that nobody confirms in time is abandoned, until somebody does', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const status = async () => (await limiter.recentPermits(BOT, 1))[0]?.status;
      const { id } = await grantAwaited(limiter, 0);
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
      expect(await limiter.openings(BOT)).toEqual([]);
      await limiter.setLimits(BOT, report(3));
      await harness.advance(1000);
      expect(await limiter.openings(BOT)).toEqual(Array(3).fill(harness.intervalMs - 1000));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 1);
      await harness.advance(500);
      expect(await harness.replica('b').openings(BOT)).toEqual([0, harness.intervalMs - 500, 0]);
    });

    test('a replica is among those that live', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      await enterOne(limiter, 0);
      const replicas = await limiter.replicas(BOT);
      expect(replicas).toContainEqual({ replica: expect.any(String), heardMsAgo: 0 });
    });
  });
}
