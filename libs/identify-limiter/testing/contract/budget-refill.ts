import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { RESET_SLACK_MS } from './counting.ts';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  grantPending,
  MOMENT_MS,
  remaining,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

const RESET_IN_MS = 60_000;
/** From the report to the refill. */
const REFILL_IN_MS = RESET_IN_MS + RESET_SLACK_MS;
const HOUR_MS = 3_600_000;

export function refilledBudget(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('budget that is refilled while permits may still be used', () => {
    /** Discord has just said that the session starts, 10 in all, reset in {@link RESET_IN_MS}. */
    const startBefore = async (rules: Parameters<typeof startOpen>[3] = {}, left = 10) => {
      const harness = await startOpen(suite, 8, {}, rules);
      await harness.replica().setLimits(BOT, resetSoon(left));
      return harness;
    };

    test('P3 permits that are pending at the reset are taken off the new window, which keeps its reserve', async () => {
      const harness = await startBefore({ reserveOf: () => 3 });
      const limiter = harness.replica();
      await harness.advance(REFILL_IN_MS - 500);
      for (const shard of [0, 1, 2, 3]) await grantPending(limiter, shard);
      await harness.advance(500);
      expect(await limiter.limits(BOT)).toMatchObject({ remaining: 6, resetInMs: null });
      for (const shard of [4, 5, 6]) await grant(limiter, shard);
      expect(await tryNew(limiter, 7)).toEqual(denial('budget', SESSION_WINDOW_MS));
    });

    test('P3 permits granted in the last second before the reset are taken off the new window, and no earlier ones', async () => {
      const harness = await startBefore();
      const limiter = harness.replica();
      await harness.advance(REFILL_IN_MS - RESET_SLACK_MS - MOMENT_MS);
      await grant(limiter, 0);
      await harness.advance(MOMENT_MS);
      await grant(limiter, 1);
      await harness.advance(RESET_SLACK_MS - MOMENT_MS);
      await grant(limiter, 2);
      await harness.advance(MOMENT_MS);
      expect(await remaining(limiter)).toBe(8);
    });

    test('P3 permits that were pending at the reset are taken off, whether they are confirmed later or expire', async () => {
      const harness = await startBefore({ confirmTimeoutMs: 20_000 });
      const limiter = harness.replica();
      await harness.advance(REFILL_IN_MS - 10_000);
      const [settled, confirmed] = [await grantPending(limiter, 0), await grantPending(limiter, 1)];
      await grantPending(limiter, 2);
      await harness.advance(10_000 - RESET_SLACK_MS - MOMENT_MS);
      await limiter.confirm(BOT, settled.id);
      await harness.advance(RESET_SLACK_MS + 2000);
      expect(await remaining(limiter)).toBe(8);
      await limiter.confirm(BOT, confirmed.id);
      expect(await remaining(limiter)).toBe(8);
      await harness.advance(HOUR_MS);
      expect(await remaining(limiter)).toBe(8);
    });

    test('P3 a late confirm takes a permit off the new window that had expired before the reset', async () => {
      const harness = await startBefore();
      const limiter = harness.replica();
      const { confirmTimeoutMs } = harness.rules;
      await harness.advance(REFILL_IN_MS - RESET_SLACK_MS - confirmTimeoutMs - MOMENT_MS);
      const [first, second] = [await grantPending(limiter, 0), await grantPending(limiter, 1)];
      await harness.advance(confirmTimeoutMs + RESET_SLACK_MS + 1000);
      expect(await limiter.limits(BOT)).toMatchObject({ remaining: 10, resetInMs: null });
      for (const { id } of [first, second, first, second]) {
        expect(await limiter.confirm(BOT, id)).toBe(true);
      }
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 8,
        resetInMs: SESSION_WINDOW_MS,
      });
    });

    test('P3 a permit that was taken off comes back once when it is released, also after other permits', async () => {
      const harness = await startBefore();
      const limiter = harness.replica();
      await harness.advance(REFILL_IN_MS - 1000);
      const permits = [];
      for (const shard of [0, 1, 2]) permits.push(await grantPending(limiter, shard));
      await harness.advance(1000);
      const [first, second] = permits;
      await limiter.release(BOT, first?.id ?? '');
      expect(await remaining(limiter)).toBe(8);
      await limiter.release(BOT, first?.id ?? '');
      expect(await remaining(limiter)).toBe(8);
      const own = await grant(limiter, 3);
      expect(await remaining(limiter)).toBe(7);
      await limiter.release(BOT, second?.id ?? '');
      await limiter.release(BOT, own.id);
      expect(await remaining(limiter)).toBe(9);
    });

    test('P3 a permit that was used in the window before adds nothing when it is released', async () => {
      const harness = await startBefore();
      const limiter = harness.replica();
      const early = await grant(limiter, 0);
      await harness.advance(REFILL_IN_MS);
      await grant(limiter, 1);
      await limiter.release(BOT, early.id);
      expect(await remaining(limiter)).toBe(9);
    });

    test('P3 a permit that was released before the reset is not taken off', async () => {
      const harness = await startBefore();
      const limiter = harness.replica();
      await harness.advance(REFILL_IN_MS - 1000);
      const unused = await grantPending(limiter, 0);
      await limiter.release(BOT, unused.id);
      await harness.advance(1000);
      expect(await remaining(limiter)).toBe(10);
    });

    test('P3 a window that the limiter counts itself ends 24 h after the use of its first permit', async () => {
      const harness = await startOpen(suite, 2, { total: 2 });
      const limiter = harness.replica();
      const { confirmTimeoutMs } = harness.rules;
      await grantPending(limiter, 0);
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 1,
        resetInMs: confirmTimeoutMs + SESSION_WINDOW_MS,
      });
      await harness.advance(1000);
      await grant(limiter, 1);
      expect(await tryNew(limiter, 0)).toEqual(
        denial('budget', confirmTimeoutMs + SESSION_WINDOW_MS - 1000),
      );
    });

    test('P3 the first permit after a refill begins the window, whatever was taken off', async () => {
      const harness = await startOpen(suite, 4, { total: 4 });
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(SESSION_WINDOW_MS - 500);
      await grantPending(limiter, 1);
      await harness.advance(HOUR_MS);
      expect(await limiter.limits(BOT)).toMatchObject({ remaining: 3, resetInMs: null });
      await limiter.setLimits(BOT, report(4, { total: 5 }));
      await grant(limiter, 0);
      expect(await limiter.limits(BOT)).toMatchObject({
        remaining: 3,
        resetInMs: SESSION_WINDOW_MS,
      });
    });

    test('P3 P9 a window that cannot begin, since nothing is left, is whole again once none can hold the permits taken off', async () => {
      const harness = await startOpen(suite, 4, { total: 2 });
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(4, 2, { total: 2, resetInMs: RESET_IN_MS }));
      await harness.advance(REFILL_IN_MS - 500);
      await grantPending(limiter, 1);
      await grantPending(limiter, 2);
      await harness.advance(500);
      expect(await tryNew(limiter, 3)).toEqual(denial('budget', 2 * SESSION_WINDOW_MS));
      await harness.advance(2 * SESSION_WINDOW_MS - MOMENT_MS);
      expect(await tryNew(limiter, 3)).toEqual(denial('budget', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await tryNew(limiter, 3)).toEqual(aPermit);
      expect(await remaining(limiter)).toBe(1);
    });

    restartTest(
      'P3 a restart after the reset and before the first permit forgets nothing',
      async () => {
        const harness = await startBefore();
        const unused = await pendingOverReset(harness);
        await harness.restart({ downMs: HOUR_MS / 2, wallJumpMs: -HOUR_MS });
        expect(await remaining(harness.replica())).toBe(8);
        await harness.replica().release(BOT, unused.id);
        expect(await remaining(harness.replica())).toBe(9);
      },
    );

    testNeeding(suite, 'reboot')(
      'P3 a reboot after the reset forgets nothing, and does not put the reset off',
      async () => {
        const harness = await startBefore();
        const unused = await pendingOverReset(harness);
        await harness.restart({ rebootDownMs: HOUR_MS / 2 });
        expect(await harness.replica().limits(BOT)).toMatchObject({
          remaining: 8,
          resetInMs: null,
        });
        await harness.replica().release(BOT, unused.id);
        expect(await remaining(harness.replica())).toBe(9);
      },
    );
  });
}

function resetSoon(left: number) {
  return discordReport(8, left, { total: 10, resetInMs: RESET_IN_MS });
}

/** Two permits may be used in the new window, one of which was confirmed just before it. Returns the other. */
async function pendingOverReset(harness: LimiterHarness) {
  const limiter = harness.replica();
  await harness.advance(REFILL_IN_MS - 2000);
  const [confirmed, unused] = [await grantPending(limiter, 0), await grantPending(limiter, 1)];
  await harness.advance(2000 - MOMENT_MS);
  await limiter.confirm(BOT, confirmed.id);
  await harness.advance(2000);
  // What is written then says that the reset has come.
  await enterOne(limiter, 7);
  return unused;
}
