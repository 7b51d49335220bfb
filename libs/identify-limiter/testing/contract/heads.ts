import { describe, expect, test } from 'vitest';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  granted,
  OTHER_BOT,
  report,
  startOpen,
  type Waiter,
} from './moves.ts';

export function heads(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('heads', () => {
    test("P4 another replica's head that ranks first goes first", async () => {
      const harness = await startOpen(suite);
      const { first, second } = await twoHeads(harness);
      expect(await attempt(harness.replica('b'), second)).toEqual(denial('line', null));
      expect(await attempt(harness.replica('a'), first)).toEqual(aPermit);
    });

    test('P4 a head of high priority goes before one that joined earlier', async () => {
      const harness = await startOpen(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      const early = await enterOne(a, 0);
      const urgent = await enterOne(b, 1, { priority: 'high' });
      await tryWhilePaused(harness, 'b', urgent);
      expect(await attempt(a, early)).toEqual(denial('line', null));
    });

    test('P4 a head is on record whatever reason its attempt was denied for', async () => {
      const harness = await startOpen(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      await granted(a, await enterOne(a, 0));
      const [first, second] = [await enterOne(a, 1), await enterOne(b, 2)];
      expect(await attempt(a, first)).toMatchObject({ reason: 'interval' });
      await harness.advance(harness.intervalMs);
      expect(await attempt(b, second)).toEqual(denial('line', null));
    });

    test('P5 a head that was withdrawn holds up no other replica', async () => {
      const harness = await startOpen(suite);
      const { first, second } = await twoHeads(harness);
      await harness.replica('a').leave([first]);
      await harness.replica('a').withdrawHead(BOT, 0);
      expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
    });

    test('P4 a head that got its permit holds up no other replica', async () => {
      const harness = await startOpen(suite);
      const { first, second } = await twoHeads(harness);
      await granted(harness.replica('a'), first);
      await harness.advance(harness.intervalMs);
      expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
    });

    test('P4 a head that gave way to a later one of its replica holds up no other replica', async () => {
      const harness = await startOpen(suite);
      const { second } = await twoHeads(harness);
      await tryWhilePaused(harness, 'a', await enterOne(harness.replica('a'), 2));
      expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
    });

    test("P4 a replica's own earlier head does not hold it up", async () => {
      const harness = await startOpen(suite);
      await twoHeads(harness);
      await harness.replica('b').withdrawHead(BOT, 0);
      const later = await enterOne(harness.replica('a'), 3);
      expect(await attempt(harness.replica('a'), later)).toEqual(aPermit);
    });

    test('P4 heads of other buckets and bots do not matter', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().setLimits(OTHER_BOT, report(2));
      const elsewhere = await enterOne(harness.replica('a'), 0);
      const otherBot = await enterOne(harness.replica('c'), 1, { bot: OTHER_BOT });
      const here = await enterOne(harness.replica('b'), 1);
      await tryWhilePaused(harness, 'a', elsewhere);
      await tryWhilePaused(harness, 'c', otherBot);
      expect(await attempt(harness.replica('b'), here)).toEqual(aPermit);
    });

    restartTest("P5 a dead replica's head holds up no other replica", async () => {
      const harness = await startOpen(suite);
      const { first } = await twoHeads(harness);
      await harness.restart();
      await harness.advance(harness.deadReplicaMs);
      const later = await enterOne(harness.replica('b'), 1);
      expect(first.rank.ticket).not.toBe(later.rank.ticket);
      expect(await attempt(harness.replica('b'), later)).toEqual(aPermit);
    });

    test('P4 heads of other limits are forgotten', async () => {
      const harness = await startOpen(suite);
      const { second } = await twoHeads(harness);
      await harness.replica().setLimits(BOT, report(2));
      await harness.replica().setLimits(BOT, report(1));
      await harness.advance(harness.settleMs);
      expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
    });

    test('P4 an attempt by other limits leaves no head behind', async () => {
      const harness = await startOpen(suite);
      const [first, second] = [
        await enterOne(harness.replica('a'), 0),
        await enterOne(harness.replica('b'), 1),
      ];
      const stale = await attempt(harness.replica('a'), first, { limitsVersion: 0 });
      expect(stale).toMatchObject({ reason: 'limits-changed' });
      expect(await attempt(harness.replica('b'), second)).toEqual(aPermit);
    });
  });
}

/** Shards 0 and 1 wait at the replicas `a` and `b`, in this order; the bucket is open. */
async function twoHeads(harness: LimiterHarness): Promise<{ first: Waiter; second: Waiter }> {
  const first = await enterOne(harness.replica('a'), 0);
  const second = await enterOne(harness.replica('b'), 1);
  await tryWhilePaused(harness, 'a', first);
  await tryWhilePaused(harness, 'b', second);
  return { first, second };
}

/** Makes the waiter its replica's head without giving it the permit. */
async function tryWhilePaused(harness: LimiterHarness, name: string, waiter: Waiter) {
  const replica = harness.replica(name);
  const scope = { bot: waiter.bot, bucket: null };
  await replica.pause({ ...scope, reason: 'making a head', by: 'test', durationMs: null });
  expect(await attempt(replica, waiter)).toEqual(denial('paused', null));
  await replica.resume(scope);
}
