import type { Rank } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import { BOT, enterOne, granted, MOMENT_MS, OTHER_BOT, start, startOpen } from './moves.ts';

export function places(suite: Suite): void {
  describe('places', () => {
    test('P6 a shard that left and asks again has its rank, at any replica', async () => {
      const harness = await start(suite);
      const { rank } = await enterOne(harness.replica('a'), 5);
      await harness.advance(1000);
      await enterOne(harness.replica('b'), 6);
      await harness.replica('a').leave(BOT, rank);
      await harness.advance(1000);
      const again = await enterOne(harness.replica('b'), 5);
      expect(again.rank).toEqual(rank);
      await harness.replica('b').leave(BOT, rank);
      expect((await enterOne(harness.replica('a'), 5)).rank).toEqual(rank);
    });

    test('P6 a place is for its shard and its bot alone', async () => {
      const limiter = (await start(suite)).replica();
      const { rank } = await enterOne(limiter, 0);
      await limiter.leave(BOT, rank);
      for (const [shard, bot] of [
        [1, BOT] as const,
        [null, BOT] as const,
        [0, OTHER_BOT] as const,
      ]) {
        expect((await enterOne(limiter, shard, { bot })).rank.ticket).not.toBe(rank.ticket);
      }
      expect((await enterOne(limiter, 0)).rank).toEqual(rank);
    });

    test('P6 leaving one bot keeps no place at another', async () => {
      const limiter = (await start(suite)).replica();
      const { rank } = await enterOne(limiter, 0);
      await limiter.leave(OTHER_BOT, rank);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(rank.ticket);
    });

    test('P6 a place is taken once', async () => {
      const limiter = (await start(suite)).replica();
      const { rank } = await enterOne(limiter, 5);
      await limiter.leave(BOT, rank);
      const [first, second] = await limiter.enter([
        { bot: BOT, shard: 5, priority: 'normal' },
        { bot: BOT, shard: 5, priority: 'normal' },
      ]);
      expect(first).toEqual(rank);
      expect(second?.ticket).not.toBe(rank.ticket);
    });

    test('P6 leaving twice leaves one place', async () => {
      const limiter = (await start(suite)).replica();
      const { rank } = await enterOne(limiter, 5);
      await limiter.leave(BOT, rank);
      await limiter.leave(BOT, rank);
      expect((await enterOne(limiter, 5)).rank).toEqual(rank);
      expect((await enterOne(limiter, 5)).rank.ticket).not.toBe(rank.ticket);
    });

    test('P6 the rank of a waiter that still waits is no place', async () => {
      const harness = await start(suite);
      const { rank } = await enterOne(harness.replica('a'), 5);
      const other = await enterOne(harness.replica('b'), 5);
      expect(other.rank.ticket).not.toBe(rank.ticket);
    });

    test.each([5, null])(
      'P6 of several places the first in line is taken first, whichever was left first (shard %s)',
      async (shard) => {
        const harness = await start(suite);
        const [a, b] = [harness.replica('a'), harness.replica('b')];
        const ranks: Rank[] = [];
        for (let count = 0; count < 3; count++) ranks.push((await enterOne(a, shard)).rank);
        for (const rank of ranks.toReversed()) {
          await harness.advance(MOMENT_MS);
          await a.leave(BOT, rank);
        }
        for (const rank of ranks) expect((await enterOne(b, shard)).rank).toEqual(rank);
        const tickets = ranks.map((rank) => rank.ticket);
        expect(tickets).not.toContain((await enterOne(b, shard)).rank.ticket);
      },
    );

    test("P6 who comes back has the time of joining, under the new request's priority", async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const { rank } = await enterOne(limiter, 5);
      await limiter.leave(BOT, rank);
      await harness.advance(1000);
      const urgent = await enterOne(limiter, 5, { priority: 'high' });
      expect(urgent.rank).toEqual({ ...rank, priority: 'high' });
      await limiter.leave(BOT, urgent.rank);
      expect((await enterOne(limiter, 5)).rank).toEqual(rank);
    });

    test('P6 a rank that got its permit leaves no place', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      await granted(limiter, waiter);
      await limiter.leave(BOT, waiter.rank);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(waiter.rank.ticket);
    });
  });
}
