import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import { BOT, enterOne, granted, OTHER_BOT, start, startOpen } from './moves.ts';

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

    test('P6 of several places the first in line is taken first, whichever was left first', async () => {
      const limiter = (await start(suite)).replica();
      const ranks = [];
      for (let count = 0; count < 3; count++) ranks.push((await enterOne(limiter, 5)).rank);
      for (const rank of ranks.toReversed()) await limiter.leave(BOT, rank);
      for (const rank of ranks) expect((await enterOne(limiter, 5)).rank).toEqual(rank);
    });

    test('P6 requests that name no shard count as one another', async () => {
      const harness = await start(suite);
      const early = await enterOne(harness.replica('a'), null);
      const late = await enterOne(harness.replica('a'), null);
      await harness.replica('a').leave(BOT, late.rank);
      await harness.replica('a').leave(BOT, early.rank);
      expect((await enterOne(harness.replica('b'), null)).rank).toEqual(early.rank);
      expect((await enterOne(harness.replica('b'), null)).rank).toEqual(late.rank);
      expect([early.rank.ticket, late.rank.ticket]).not.toContain(
        (await enterOne(harness.replica('b'), null)).rank.ticket,
      );
    });

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
