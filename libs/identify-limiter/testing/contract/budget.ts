import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  BOT,
  denial,
  grant,
  MOMENT_MS,
  OTHER_BOT,
  remaining,
  report,
  startOpen,
  tryAtOnce,
  tryNew,
} from './moves.ts';

export function ownBudget(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('budget that the limiter counts itself', () => {
    test('P3 the budget begins at the total and lasts for 24 h from the first permit', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      expect(await limiter.limits(BOT)).toMatchObject({ remaining: 1000, resetInMs: null });
      await grant(limiter, 0);
      await harness.advance(1000);
      await grant(limiter, 1);
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 998,
        resetInMs: SESSION_WINDOW_MS - 1000,
      });
    });

    test('P3 an exhausted budget denies every bucket at every replica until the reset', async () => {
      const harness = await startOpen(suite, 4, { total: 2 });
      const limiter = harness.replica('a');
      await limiter.setLimits(OTHER_BOT, report(1));
      await grant(limiter, 0);
      await grant(limiter, 1);
      await harness.advance(SESSION_WINDOW_MS - MOMENT_MS);
      expect(await tryNew(limiter, 0)).toEqual(denial('budget', MOMENT_MS));
      expect(await tryNew(harness.replica('b'), 2)).toEqual(denial('budget', MOMENT_MS));
      await grant(limiter, 0, { bot: OTHER_BOT });
      await harness.advance(MOMENT_MS);
      expect(await limiter.limits(BOT)).toMatchObject({ remaining: 2, resetInMs: null });
      await limiter.withdrawHead(BOT, 0);
      await grant(harness.replica('b'), 2);
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 1,
        resetInMs: SESSION_WINDOW_MS,
      });
    });

    test('P3 many replicas that try at the same moment spend no more than is left', async () => {
      const harness = await startOpen(suite, 16, { total: 3 });
      const replicas = Array.from({ length: 16 }, (_, index) => harness.replica(`r${index % 4}`));
      const answers = await tryAtOnce(replicas);
      expect(answers.filter((answer) => answer.granted)).toHaveLength(3);
      expect(await remaining(harness.replica())).toBe(0);
    });

    restartTest('P3 the count goes on over a restart, whatever the wall clock does', async () => {
      const harness = await startOpen(suite, 2, { total: 2 });
      await grant(harness.replica(), 0);
      await harness.restart({ downMs: 1000, wallJumpMs: SESSION_WINDOW_MS * 2 });
      const resetInMs = SESSION_WINDOW_MS - 1000;
      expect(await harness.replica().limits(BOT)).toMatchObject({ remaining: 1, resetInMs });
      await grant(harness.replica(), 1);
      expect(await tryNew(harness.replica(), 0)).toEqual(denial('budget', resetInMs));
    });

    test('P3 the same limits reported again do not refill it', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(1000);
      expect(await limiter.setLimits(BOT, report(2))).toMatchObject({
        remaining: 999,
        resetInMs: SESSION_WINDOW_MS - 1000,
      });
    });

    test('P3 spent starts stay spent when max_concurrency changes', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await grant(limiter, 1);
      expect(await limiter.setLimits(BOT, report(4))).toMatchObject({ remaining: 998 });
    });

    test('P3 spent starts stay spent when the total changes', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      for (const shard of [0, 1, 2]) await grant(limiter, shard);
      expect(await limiter.setLimits(BOT, report(4, { total: 10 }))).toMatchObject({
        total: 10,
        remaining: 7,
      });
      expect(await limiter.setLimits(BOT, report(4, { total: 2000 }))).toMatchObject({
        total: 2000,
        remaining: 1997,
      });
    });

    test('P3 a total below the spent starts leaves none, and forgets none', async () => {
      const harness = await startOpen(suite, 4);
      const limiter = harness.replica();
      for (const shard of [0, 1, 2]) await grant(limiter, shard);
      expect(await limiter.setLimits(BOT, report(4, { total: 2 }))).toMatchObject({ remaining: 0 });
      expect(await tryNew(limiter, 3)).toEqual(denial('budget', SESSION_WINDOW_MS));
      expect(await limiter.setLimits(BOT, report(4, { total: 10 }))).toMatchObject({
        remaining: 7,
      });
    });

    test('P3 a permit of the first moment of a window comes back when it is released', async () => {
      const harness = await startOpen(suite, 2, { total: 1 });
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(SESSION_WINDOW_MS);
      const atReset = await grant(limiter, 0);
      await limiter.release(BOT, atReset.id);
      expect(await remaining(limiter)).toBe(1);
    });

    test('P3 a permit of an earlier window adds nothing to this one when it is released', async () => {
      const harness = await startOpen(suite, 4, { total: 2 });
      const limiter = harness.replica();
      const early = await grant(limiter, 0);
      await harness.advance(SESSION_WINDOW_MS);
      await grant(limiter, 1);
      await limiter.release(BOT, early.id);
      expect(await remaining(limiter)).toBe(1);
    });
  });
}
