import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  pendingMs,
  BOT,
  denial,
  enterOne,
  grant,
  grantPending,
  granted,
  OTHER_BOT,
  remaining,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function confirmingWhat(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('what can be confirmed, and what can be released', () => {
    test('P2 a permit that is unknown, or of another bot, cannot be confirmed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1));
      const permit = await grantPending(limiter, 0);
      expect(await limiter.confirm(BOT, 'no such permit')).toBe(false);
      expect(await limiter.confirm(OTHER_BOT, permit.id)).toBe(false);
      expect(await limiter.confirm('no such bot', permit.id)).toBe(false);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', pendingMs(harness)));
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
    });

    test('P2 a permit that need not be confirmed can be confirmed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await harness.advance(1000);
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
    });

    test('P5 a pending permit that is released opens its bucket at once, and its rank becomes a place', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      const permit = await granted(limiter, waiter, { confirm: true });
      await harness.advance(3000);
      expect(await limiter.release(BOT, permit.id)).toBe(true);
      expect(await remaining(limiter)).toBe(1000);
      const back = await enterOne(limiter, 0);
      expect(back.rank).toEqual(waiter.rank);
      await granted(limiter, back);
    });

    test('P5 a permit that was released cannot be confirmed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await limiter.release(BOT, permit.id);
      expect(await limiter.confirm(BOT, permit.id)).toBe(false);
      expect(await limiter.release(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P2 a permit that was confirmed cannot be released', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      const permit = await granted(limiter, waiter, { confirm: true });
      await limiter.confirm(BOT, permit.id);
      expect(await limiter.release(BOT, permit.id)).toBe(false);
      expect(await remaining(limiter)).toBe(999);
      expect((await enterOne(limiter, 0)).rank.ticket).not.toBe(waiter.rank.ticket);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
    });

    test('P5 a release says whether the permit is known and is the bot’s', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1));
      const permit = await grantPending(limiter, 0);
      expect(await limiter.release(BOT, 'no such permit')).toBe(false);
      expect(await limiter.release(OTHER_BOT, permit.id)).toBe(false);
      expect(await remaining(limiter)).toBe(999);
      expect(await limiter.release(BOT, permit.id)).toBe(true);
    });

    restartTest(
      'P1 a released permit leaves the bucket closed as the confirmed permit before it did',
      async () => {
        const harness = await startOpen(
          suite,
          1,
          {},
          { intervalMs: 5000, confirmTimeoutMs: 10_000 },
        );
        const limiter = harness.replica();
        const first = await grantPending(limiter, 0);
        await harness.advance(4000);
        await limiter.confirm(BOT, first.id);
        await harness.advance(harness.rules.intervalMs);
        const unused = await grantPending(limiter, 1);
        await limiter.release(BOT, unused.id);
        await harness.restart({ rules: { intervalMs: 7000 } });
        expect(await tryNew(harness.replica(), 2)).toEqual(denial('interval', 2000));
      },
    );

    test('P2 a pending permit that is released late opens no bucket that a later permit closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const lost = await grantPending(limiter, 0);
      await harness.advance(pendingMs(harness));
      await grantPending(limiter, 1);
      expect(await limiter.release(BOT, lost.id)).toBe(true);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', pendingMs(harness)));
      expect(await remaining(limiter)).toBe(999);
    });
  });
}
