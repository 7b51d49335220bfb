import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { COUNTED_MS, RESET_SLACK_MS, STILL_UNCOUNTED_MS } from './counting.ts';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  MOMENT_MS,
  remaining,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function refreshedBudget(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('budget that Discord reports', () => {
    test("P3 Discord's count replaces the limiter's own", async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(COUNTED_MS);
      const limits = await limiter.setLimits(BOT, discordReport(1, 3, { resetInMs: 60_000 }));
      expect(limits).toMatchObject({ remaining: 3, resetInMs: 60_000 + RESET_SLACK_MS });
      expect(await limiter.setLimits(BOT, discordReport(1, 800))).toMatchObject({ remaining: 800 });
    });

    test('P3 permits that Discord cannot have counted yet are taken off', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(COUNTED_MS - STILL_UNCOUNTED_MS);
      await grant(limiter, 1);
      await harness.advance(STILL_UNCOUNTED_MS);
      await grant(limiter, 2);
      await limiter.setLimits(BOT, discordReport(4, 500));
      expect(await remaining(limiter)).toBe(498);
      await limiter.setLimits(BOT, discordReport(4, 500, { askedMsAgo: 3000 }));
      expect(await remaining(limiter)).toBe(497);
      await limiter.setLimits(BOT, discordReport(4, 1));
      expect(await remaining(limiter)).toBe(0);
    });

    restartTest(
      'P3 permits that Discord cannot have counted are taken off after a restart too',
      async () => {
        const harness = await startOpen(suite, 4);
        for (const shard of [0, 1]) await grant(harness.replica(), shard);
        await harness.restart({ downMs: 1000, wallJumpMs: 3_600_000 });
        await harness.replica().setLimits(BOT, discordReport(4, 500));
        expect(await remaining(harness.replica())).toBe(498);
      },
    );

    test('P3 a permit released before the refresh is not taken off', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await grant(limiter, 1);
      await limiter.release(BOT, permit.id);
      await limiter.setLimits(BOT, discordReport(4, 500));
      expect(await remaining(limiter)).toBe(499);
    });

    test('P3 a permit that a refresh took off comes back when it is released', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await limiter.setLimits(BOT, discordReport(4, 500));
      expect(await remaining(limiter)).toBe(499);
      await limiter.release(BOT, permit.id);
      expect(await remaining(limiter)).toBe(500);
    });

    test('P3 a permit that a refresh did not take off adds nothing when it is released', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await harness.advance(COUNTED_MS);
      await limiter.setLimits(BOT, discordReport(4, 500));
      await limiter.release(BOT, permit.id);
      expect(await remaining(limiter)).toBe(500);
    });

    test('P3 with fewer starts than uncounted permits a release frees no start', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      for (const shard of [1, 2]) await grant(limiter, shard);
      await limiter.setLimits(BOT, discordReport(4, 1));
      await limiter.release(BOT, permit.id);
      expect(await remaining(limiter)).toBe(0);
    });

    test('P3 the budget refills a little later than Discord says, and a window of 24 h begins', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(4, 1, { resetInMs: 60_000 }));
      await grant(limiter, 0);
      const waiter = await enterOne(limiter, 1);
      await harness.advance(60_000 + RESET_SLACK_MS - MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(denial('budget', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(aPermit);
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 999,
        resetInMs: SESSION_WINDOW_MS,
      });
    });

    test('P3 a refresh can end denials for the budget, and can begin them', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(2, 0, { resetInMs: 60_000 }));
      expect(await tryNew(limiter, 0)).toEqual(denial('budget', 60_000 + RESET_SLACK_MS));
      await limiter.setLimits(BOT, discordReport(2, 1));
      await grant(limiter, 0);
      expect(await tryNew(limiter, 1)).toMatchObject({ reason: 'budget' });
    });

    test('P3 a later report without a budget keeps the count and its reset', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(2, 400, { resetInMs: 60_000 }));
      await grant(limiter, 0);
      const limits = await limiter.setLimits(BOT, report(2, { source: 'override' }));
      expect(limits).toMatchObject({ remaining: 399, resetInMs: 60_000 + RESET_SLACK_MS });
    });

    test.skipIf(suite.lacks.includes('reboot'))('P3 the count goes on over a reboot', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().setLimits(BOT, discordReport(2, 2, { resetInMs: 600_000 }));
      await grant(harness.replica(), 0);
      await harness.restart({ rebootDownMs: 60_000 });
      const limiter = harness.replica();
      await harness.advance(harness.intervalMs);
      expect(await remaining(limiter)).toBe(1);
      await grant(limiter, 0);
      expect(await tryNew(limiter, 1)).toMatchObject({ reason: 'budget' });
      await harness.advance(600_000 + RESET_SLACK_MS);
      expect(await remaining(limiter)).toBe(1000);
    });
  });
}
