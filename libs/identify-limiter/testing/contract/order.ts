import { randomUUID } from 'node:crypto';
import { compareRanks, type Entry, type Rank } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import { BOT, enterOne, MOMENT_MS, OTHER_BOT, start, type Waiter } from './moves.ts';

export function order(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('order', () => {
    test('P4 entries rank in the order in which they are given', async () => {
      const limiter = (await start(suite)).replica();
      const ranks = await limiter.enter([7, 3, null, 3, 0].map((shard) => normal(shard)));
      expect(ranks).toHaveLength(5);
      expect(ranks).toEqual(inOrder(ranks));
    });

    test('P4 an entry that enters later goes behind, at whichever replica', async () => {
      const harness = await start(suite);
      const ranks: Rank[] = [];
      for (const name of ['a', 'b', 'b', 'a']) {
        ranks.push((await enterOne(harness.replica(name), ranks.length)).rank);
      }
      await harness.advance(MOMENT_MS);
      ranks.push((await enterOne(harness.replica('b'), 9)).rank);
      expect(ranks).toEqual(inOrder(ranks));
    });

    test('P4 a waiter of high priority goes before all of normal priority', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      const normalRank = (await enterOne(limiter, 0)).rank;
      await harness.advance(60_000);
      const first = (await enterOne(limiter, 1, { priority: 'high' })).rank;
      const second = (await enterOne(limiter, 2, { priority: 'high' })).rank;
      const ranks = [first, second, normalRank];
      expect(ranks).toEqual(inOrder(ranks));
      expect(first.priority).toBe('high');
      expect(normalRank.priority).toBe('normal');
    });

    test('P4 an entry that is not on record any more goes where it says it was', async () => {
      const harness = await start(suite);
      const waiters: Waiter[] = [];
      for (const shard of [1, null, 3]) {
        waiters.push(await enterOne(harness.replica('a'), shard));
        await harness.advance(MOMENT_MS);
      }
      const [first, lost, last] = waiters;
      if (first === undefined || lost === undefined || last === undefined) throw new Error('three');
      await harness.replica('a').forget([lost]);
      const newcomer = await enterOne(harness.replica('b'), null);
      const [again] = await harness.replica('a').enter([lost]);
      if (again === undefined) throw new Error('enter() resolved without a rank');
      const ranks = [first.rank, again, last.rank, newcomer.rank];
      expect(ranks).toEqual(inOrder(ranks));
      // Had another used the old one meanwhile, two permits would come by one rank.
      expect(again.ticket).not.toBe(lost.rank.ticket);
      expect(await harness.replica('a').enter([{ ...lost, rank: again }])).toEqual([again]);
    });

    test('P4 entering needs no limits, and no entries get no ranks', async () => {
      const limiter = (await start(suite)).replica();
      expect(await limiter.enter([])).toEqual([]);
      expect(await limiter.limits(BOT)).toBeUndefined();
    });

    restartTest(
      'P4 no two ranks of a bot have the same ticket, over replicas and restarts',
      async () => {
        const harness = await start(suite);
        const tickets: number[] = [];
        for (let round = 0; round < 2; round++) {
          for (const replica of [harness.replica('a'), harness.replica('b')]) {
            const entries = [
              normal(round),
              { ...normal(round), bot: OTHER_BOT },
              normal(10 + round),
            ];
            const [first, , last] = await replica.enter(entries);
            tickets.push(first?.ticket ?? Number.NaN, last?.ticket ?? Number.NaN);
          }
          await harness.restart({ downMs: harness.placeTtlMs });
          await harness.advance(harness.placeTtlMs * 2);
        }
        expect(new Set(tickets).size).toBe(tickets.length);
      },
    );

    restartTest.each([3_600_000, -3_600_000])(
      'P4 an entry after a restart with a wall clock %d ms off goes behind',
      async (wallJumpMs) => {
        const harness = await start(suite);
        const before = await enterOne(harness.replica(), 0);
        await harness.restart({ wallJumpMs });
        const ranks = [before.rank, (await enterOne(harness.replica(), 1)).rank];
        expect(ranks).toEqual(inOrder(ranks));
      },
    );

    test.skipIf(suite.lacks.includes('reboot')).each([0, -3_600_000])(
      'P4 an entry after a reboot with a wall clock %d ms off goes behind the shards that come back',
      async (wallJumpMs) => {
        const harness = await start(suite);
        const before = await enterOne(harness.replica(), 0);
        await harness.restart({ rebootDownMs: 1000, wallJumpMs });
        const after = await enterOne(harness.replica(), 1);
        const back = await enterOne(harness.replica(), 0);
        expect(back.rank.ticket).toBe(before.rank.ticket);
        expect(inOrder([after.rank, back.rank])).toEqual([back.rank, after.rank]);
      },
    );
  });
}

function normal(shard: number | null): Entry {
  return { id: randomUUID(), bot: BOT, shard, priority: 'normal' };
}

/** The same ranks, each once, the first in line first. */
function inOrder(ranks: readonly Rank[]): Rank[] {
  const distinct = new Map(ranks.map((rank) => [rank.ticket, rank]));
  return [...distinct.values()].toSorted(compareRanks);
}
