import { compareRanks } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  grant,
  granted,
  OTHER_BOT,
  remaining,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function releasing(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('releasing', () => {
    test('P5 a released permit leaves its bucket open and the budget whole', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      expect(await remaining(limiter)).toBe(999);
      await limiter.release(BOT, permit.id);
      expect(await remaining(limiter)).toBe(1000);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P5 the shard whose permit was released has its rank again', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      const permit = await granted(limiter, waiter);
      await harness.advance(1000);
      await enterOne(limiter, 1);
      await limiter.release(BOT, permit.id);
      await harness.advance(1000);
      expect((await enterOne(limiter, 0)).rank).toEqual(waiter.rank);
    });

    test('P1 an earlier permit released opens no bucket that a later one closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const earlier = await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      const later = await grant(limiter, 1);
      await harness.advance(1000);
      await limiter.release(BOT, earlier.id);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs - 1000));
      expect(await remaining(limiter)).toBe(999);
      await limiter.release(BOT, later.id);
      expect(await tryNew(limiter, 2)).toEqual(aPermit);
    });

    test('P1 the permit after a released one closes the bucket for a whole interval', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await harness.advance(1000);
      await limiter.release(BOT, permit.id);
      await grant(limiter, 1);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs));
      await limiter.release(BOT, permit.id);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P5 a permit that is released twice is released once', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await grant(limiter, 1);
      const waiter = await enterOne(limiter, 0);
      const permit = await granted(limiter, waiter);
      await limiter.release(BOT, permit.id);
      await limiter.release(BOT, permit.id);
      expect(await remaining(limiter)).toBe(999);
      expect((await enterOne(limiter, 0)).rank.ticket).toBe(waiter.rank.ticket);
      await limiter.release(BOT, permit.id);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(waiter.rank.ticket);
    });

    test('P5 a permit that is unknown, or of another bot, changes nothing', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1));
      const permit = await grant(limiter, 0);
      await limiter.release(BOT, 'no such permit');
      await limiter.release(OTHER_BOT, permit.id);
      await limiter.release('no such bot', permit.id);
      expect(await remaining(limiter)).toBe(999);
      expect(await remaining(limiter, OTHER_BOT)).toBe(1000);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.intervalMs));
    });

    restartTest('P5 any replica can release, also after a restart', async () => {
      const harness = await startOpen(suite, 2);
      const waiter = await enterOne(harness.replica('a'), 0);
      const permit = await granted(harness.replica('a'), waiter);
      const other = await grant(harness.replica('a'), 1);
      await harness.replica('b').release(BOT, other.id);
      await harness.restart({ downMs: 1000 });
      await harness.replica('b').release(BOT, permit.id);
      expect(await remaining(harness.replica('b'))).toBe(1000);
      const again = await enterOne(harness.replica('b'), 0);
      expect(again.rank).toEqual(waiter.rank);
      expect(await attempt(harness.replica('b'), again)).toEqual(aPermit);
    });

    test.skipIf(suite.lacks.includes('reboot'))(
      'P5 a permit that is released after a reboot does not shorten the wait, and has its rank again',
      async () => {
        const harness = await startOpen(suite);
        const permit = await grant(harness.replica(), 0);
        await harness.restart({ rebootDownMs: 1000 });
        const limiter = harness.replica();
        const newcomer = await enterOne(limiter, 1);
        await limiter.release(BOT, permit.id);
        const back = await enterOne(limiter, 0);
        expect(compareRanks(back.rank, newcomer.rank)).toBeLessThan(0);
        expect(await attempt(limiter, back)).toEqual(denial('interval', harness.intervalMs));
      },
    );
  });
}
