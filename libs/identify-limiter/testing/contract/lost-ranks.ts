import type { Entry } from '@gateway-queue/identify-limiter';
import { assert, describe, expect, test } from 'vitest';
import type { Limiter, Suite } from './harness.ts';
import { BOT, enterOne, grant, granted, start, startOpen, type Waiter } from './moves.ts';

export function lostRanks(suite: Suite): void {
  describe('ranks that are not on record any more', () => {
    test('P6 an entry gets a rank as old as the one that it says it had', async () => {
      const harness = await start(suite);
      const waiter = await enterOne(harness.replica(), 5);
      await harness.advance(1000);
      const rank = await loseAndEnter(harness.replica(), waiter);
      expect(rank).toEqual({ ...waiter.rank, ticket: rank?.ticket });
      expect(rank?.ticket).not.toBe(waiter.rank.ticket);
    });

    test.each([
      { shard: 5, later: 0 },
      { shard: 5, later: 5 },
      { shard: null, later: 5 },
    ])(
      'P6 it gets a new rank when its shard was served by that one, however often since: %o',
      async ({ shard, later }) => {
        const harness = await startOpen(suite);
        const waiter = await enterOne(harness.replica(), shard);
        await granted(harness.replica(), waiter);
        for (let count = 0; count < later; count++) {
          await harness.advance(harness.intervalMs);
          await grant(harness.replica(), shard);
        }
        await harness.advance(1000);
        const rank = await loseAndEnter(harness.replica(), waiter);
        expect(rank?.joinedAt).toBeGreaterThan(waiter.rank.joinedAt);
      },
    );

    test('P6 it takes a place of its shard that goes before the lost rank, and leaves one that goes behind', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const [first, second] = [await enterOne(limiter, 5), await enterOne(limiter, 5)];
      await limiter.leave([first]);
      expect(await loseAndEnter(limiter, second)).toEqual(first.rank);

      const third = await enterOne(limiter, 6);
      await harness.advance(1);
      const fourth = await enterOne(limiter, 6);
      await limiter.leave([fourth]);
      expect((await loseAndEnter(limiter, third))?.ticket).not.toBe(fourth.rank.ticket);
      expect((await enterOne(limiter, 6)).rank).toEqual(fourth.rank);
    });

    test('P6 it gets the same rank twice, with a place of its shard that joined at the same moment', async () => {
      const limiter = (await start(suite)).replica();
      const [lost, left] = [normal('lost', 5), normal('left', 5)];
      const [lostRank, leftRank] = await limiter.enter([lost, left]);
      assert(lostRank !== undefined);
      await limiter.leave([left]);
      await limiter.forget([lost]);
      const again = { ...lost, rank: lostRank };
      expect(await limiter.enter([again])).toEqual([leftRank]);
      expect(await limiter.enter([again])).toEqual([leftRank]);
    });

    test('P6 it takes a place of its shard that goes behind the lost rank, when the shard was served by that', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const [served, left] = [await enterOne(limiter, 5), await enterOne(limiter, 5)];
      await granted(limiter, served);
      await limiter.leave([left]);
      expect(await loseAndEnter(limiter, served)).toEqual(left.rank);
    });
  });
}

function normal(id: string, shard: number): Entry {
  return { id, bot: BOT, shard, priority: 'normal' };
}

/** Enters with a rank that is not on record any more, as a replica does after a loss of data. */
async function loseAndEnter(limiter: Limiter, { rank, shard, id }: Waiter) {
  await limiter.forget([{ id, bot: BOT }]);
  const [entered] = await limiter.enter([{ id, bot: BOT, shard, priority: 'normal', rank }]);
  return entered;
}
