import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  BOT,
  enterOne,
  granted,
  MOMENT_MS,
  OTHER_BOT,
  start,
  startOpen,
  type Waiter,
} from './moves.ts';

export function places(suite: Suite): void {
  describe('places', () => {
    test('P6 a shard that left and asks again has its rank, at any replica', async () => {
      const harness = await start(suite);
      const first = await enterOne(harness.replica('a'), 5);
      await harness.advance(1000);
      await enterOne(harness.replica('b'), 6);
      await harness.replica('a').leave([first]);
      await harness.advance(1000);
      const again = await enterOne(harness.replica('b'), 5);
      expect(again.rank).toEqual(first.rank);
      await harness.replica('b').leave([again]);
      expect((await enterOne(harness.replica('a'), 5)).rank).toEqual(first.rank);
    });

    test('P6 a place is for its shard and its bot alone', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      const { rank } = waiter;
      await limiter.leave([waiter]);
      for (const [shard, bot] of [
        [1, BOT] as const,
        [null, BOT] as const,
        [0, OTHER_BOT] as const,
      ]) {
        await harness.advance(1000);
        expect((await enterOne(limiter, shard, { bot })).rank.joinedAt).not.toBe(rank.joinedAt);
      }
      expect((await enterOne(limiter, 0)).rank).toEqual(rank);
    });

    test('P6 leaving one bot keeps no place at another', async () => {
      const limiter = (await start(suite)).replica();
      const waiter = await enterOne(limiter, 0);
      await limiter.leave([{ ...waiter, bot: OTHER_BOT }]);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(waiter.rank.ticket);
    });

    test('P6 a place is taken once', async () => {
      const limiter = (await start(suite)).replica();
      const waiter = await enterOne(limiter, 5);
      const { rank } = waiter;
      await limiter.leave([waiter]);
      const [first, second] = await limiter.enter([
        { id: 'first', bot: BOT, shard: 5, priority: 'normal' },
        { id: 'second', bot: BOT, shard: 5, priority: 'normal' },
      ]);
      expect(first).toEqual(rank);
      expect(second?.ticket).not.toBe(rank.ticket);
    });

    test('P6 leaving twice leaves one place', async () => {
      const limiter = (await start(suite)).replica();
      const waiter = await enterOne(limiter, 5);
      const { rank } = waiter;
      await limiter.leave([waiter, waiter]);
      await limiter.leave([waiter]);
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
        const waiters: Waiter[] = [];
        for (let count = 0; count < 3; count++) waiters.push(await enterOne(a, shard));
        for (const waiter of waiters.toReversed()) {
          await harness.advance(MOMENT_MS);
          await a.leave([waiter]);
        }
        const ranks = waiters.map(({ rank }) => rank);
        for (const rank of ranks) expect((await enterOne(b, shard)).rank).toEqual(rank);
        const tickets = ranks.map((rank) => rank.ticket);
        expect(tickets).not.toContain((await enterOne(b, shard)).rank.ticket);
      },
    );

    test('P6 of several places the one that joined first is taken first, whatever their priorities', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const normal = await enterOne(limiter, 5);
      await harness.advance(1000);
      const high = await enterOne(limiter, 5, { priority: 'high' });
      await limiter.leave([normal, high]);
      expect((await enterOne(limiter, 5)).rank).toEqual(normal.rank);
      expect((await enterOne(limiter, 5)).rank).toEqual({ ...high.rank, priority: 'normal' });
    });

    test("P6 a shard that comes back has its time of joining, with the new request's priority", async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 5);
      const { rank } = waiter;
      await limiter.leave([waiter]);
      await harness.advance(1000);
      const urgent = await enterOne(limiter, 5, { priority: 'high' });
      expect(urgent.rank).toEqual({ ...rank, priority: 'high' });
      await limiter.leave([urgent]);
      expect((await enterOne(limiter, 5)).rank).toEqual(rank);
    });

    test('P6 a rank that got its permit leaves no place', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      await granted(limiter, waiter);
      await limiter.leave([waiter]);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(waiter.rank.ticket);
    });
  });
}
