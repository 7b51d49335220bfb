import { describe, expect, test } from 'vitest';
import { COUNTED_MS, STILL_UNCOUNTED_MS } from './counting.ts';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import { BOT, discordReport, grant, grantPending, remaining, startOpen } from './moves.ts';

/** The time for a confirm, less than {@link COUNTED_MS} and more. */
const TIMEOUTS_MS = [4000, 60_000];
const HOUR_MS = 3_600_000;

/** What remains once Discord says that 500 do. */
async function afterRefresh(harness: LimiterHarness): Promise<number> {
  return (await harness.replica().setLimits(BOT, discordReport(4, 500))).remaining;
}

export function pendingBudget(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('budget of pending permits', () => {
    const startAwaiting = (confirmTimeoutMs: number) =>
      startOpen(suite, 4, {}, { confirmTimeoutMs });

    test.each(TIMEOUTS_MS)(
      'P3 a refresh takes a permit off that may be used since, with %d ms for its confirm',
      async (timeoutMs) => {
        const harness = await startAwaiting(timeoutMs);
        await grantPending(harness.replica(), 0);
        await grant(harness.replica(), 1);
        await harness.advance(timeoutMs);
        expect(await afterRefresh(harness)).toBe(timeoutMs < COUNTED_MS ? 498 : 499);
        await harness.advance(STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(499);
        await harness.advance(COUNTED_MS - STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(500);
      },
    );

    test.each(TIMEOUTS_MS)(
      'P3 a confirmed permit counts from its confirm, with %d ms for that',
      async (timeoutMs) => {
        const harness = await startAwaiting(timeoutMs);
        const limiter = harness.replica();
        const permit = await grantPending(limiter, 0);
        await harness.advance(timeoutMs / 2);
        await limiter.confirm(BOT, permit.id);
        await harness.advance(STILL_UNCOUNTED_MS);
        await limiter.confirm(BOT, permit.id);
        expect(await afterRefresh(harness)).toBe(499);
        await harness.advance(COUNTED_MS - STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(500);
      },
    );

    test('P3 a permit that is confirmed late counts from its confirm', async () => {
      const harness = await startAwaiting(4000);
      const permit = await grantPending(harness.replica(), 0);
      await harness.advance(4000 + 3000);
      await harness.replica().confirm(BOT, permit.id);
      await harness.advance(STILL_UNCOUNTED_MS);
      expect(await afterRefresh(harness)).toBe(499);
    });

    restartTest('P3 a pending permit counts after a restart as before it', async () => {
      const harness = await startAwaiting(60_000);
      const permits = [
        await grantPending(harness.replica(), 0),
        await grantPending(harness.replica(), 1),
      ];
      await harness.advance(30_000);
      await harness.replica().confirm(BOT, permits[0]?.id ?? '');
      await harness.restart({ downMs: STILL_UNCOUNTED_MS, wallJumpMs: HOUR_MS });
      expect(await afterRefresh(harness)).toBe(498);
      await harness.restart({ downMs: COUNTED_MS, wallJumpMs: -HOUR_MS });
      expect(await afterRefresh(harness)).toBe(499);
    });

    test.skipIf(suite.lacks.includes('reboot'))(
      'P3 a permit that was confirmed long ago is not taken off after a reboot either',
      async () => {
        const harness = await startAwaiting(60_000);
        const permit = await grantPending(harness.replica(), 0);
        await harness.advance(STILL_UNCOUNTED_MS);
        await harness.replica().confirm(BOT, permit.id);
        await harness.restart({ rebootDownMs: 60_000 });
        expect(await afterRefresh(harness)).toBe(500);
      },
    );

    test.skipIf(suite.lacks.includes('reboot'))(
      'P3 a permit that is pending over a reboot counts until the new end of its time',
      async () => {
        const harness = await startAwaiting(60_000);
        const permit = await grantPending(harness.replica(), 0);
        const other = await grantPending(harness.replica(), 1);
        await harness.restart({ rebootDownMs: 600_000 });
        await harness.advance(60_000 + STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(498);
        await harness.replica().release(BOT, permit.id);
        expect(await remaining(harness.replica())).toBe(499);
        await harness.advance(COUNTED_MS - STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(500);
        await harness.replica().release(BOT, other.id);
        expect(await remaining(harness.replica())).toBe(500);
      },
    );

    test('P3 a permit with an hour for its confirm counts until the end of that hour', async () => {
      const harness = await startAwaiting(HOUR_MS);
      await grantPending(harness.replica(), 0);
      await harness.advance(HOUR_MS + 1000);
      await grant(harness.replica(), 1);
      expect(await afterRefresh(harness)).toBe(498);
    });

    test.each(TIMEOUTS_MS)(
      'P3 a released permit comes back only if the last refresh took it off, with %d ms for its confirm',
      async (timeoutMs) => {
        const harness = await startAwaiting(timeoutMs);
        const limiter = harness.replica();
        const [first, second] = [await grantPending(limiter, 0), await grantPending(limiter, 1)];
        await harness.advance(timeoutMs + STILL_UNCOUNTED_MS);
        expect(await afterRefresh(harness)).toBe(498);
        await harness.advance(COUNTED_MS);
        await limiter.release(BOT, first.id);
        expect(await remaining(limiter)).toBe(499);
        expect(await afterRefresh(harness)).toBe(500);
        await limiter.setLimits(BOT, discordReport(4, 400));
        await limiter.release(BOT, second.id);
        expect(await remaining(limiter)).toBe(400);
      },
    );

    test('P3 a permit that a refresh in the new window took off comes back when it is released', async () => {
      const harness = await startAwaiting(60_000);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(4, 500, { resetInMs: 20_000 }));
      const before = await grantPending(limiter, 0);
      await harness.advance(30_000);
      await grant(limiter, 1);
      expect(await afterRefresh(harness)).toBe(498);
      await limiter.release(BOT, before.id);
      expect(await remaining(limiter)).toBe(499);
    });
  });
}
