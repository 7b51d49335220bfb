import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  attemptOf,
  pendingMs,
  BOT,
  denial,
  enterOne,
  grant,
  grantPending,
  granted,
  MOMENT_MS,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function confirmingOverRestarts(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('confirmed spacing over restarts and changes', () => {
    restartTest.each([0, 3_600_000, -3_600_000])(
      'P2 a restart with a wall clock that jumps by %d ms leaves the bucket of a pending permit closed for exactly as long',
      async (wallJumpMs) => {
        const harness = await startOpen(suite, 2);
        await grantPending(harness.replica(), 0);
        await harness.restart({ downMs: 6000, wallJumpMs });
        const limiter = harness.replica();
        const leftMs = pendingMs(harness) - 6000;
        expect(await tryNew(limiter, 0)).toEqual(denial('interval', leftMs));
        expect(await tryNew(limiter, 1)).toEqual(aPermit);
        await harness.advance(leftMs - MOMENT_MS);
        expect(await tryNew(limiter, 0)).toEqual(denial('interval', MOMENT_MS));
        await harness.advance(MOMENT_MS);
        expect(await tryNew(limiter, 0)).toEqual(aPermit);
      },
    );

    restartTest(
      'P2 a confirm after a restart counts, and is remembered over the next one',
      async () => {
        const harness = await startOpen(suite);
        const permit = await grantPending(harness.replica(), 0);
        await harness.restart({ downMs: 1000 });
        expect(await harness.replica().confirm(BOT, permit.id)).toBe(true);
        await harness.restart({ downMs: 1000 });
        const limiter = harness.replica();
        expect(await limiter.confirm(BOT, permit.id)).toBe(true);
        expect(await limiter.release(BOT, permit.id)).toBe(false);
        expect(await tryNew(limiter, 1)).toEqual(
          denial('interval', harness.rules.intervalMs - 1000),
        );
      },
    );

    restartTest(
      'P2 another interval and margin hold for pending permits from the next start on',
      async () => {
        const harness = await startOpen(suite);
        await grantPending(harness.replica(), 0);
        await harness.restart({ rules: { intervalMs: 8000, marginMs: 500 } });
        expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', 18_500));
      },
    );

    restartTest.each([1000, 20_000])(
      'P2 another time for the confirm, %d ms, holds for later permits alone',
      async (confirmTimeoutMs) => {
        const harness = await startOpen(suite, 2);
        const before = pendingMs(harness);
        const waiter = await enterOne(harness.replica(), 0);
        const permit = await granted(harness.replica(), waiter, { confirm: true });
        await harness.restart({ rules: { confirmTimeoutMs } });
        const limiter = harness.replica();
        expect(await attempt(limiter, waiter, { confirm: true })).toEqual(permit);
        const next = await enterOne(limiter, 2);
        expect(await attempt(limiter, next)).toEqual(denial('interval', before));
        expect(await grantPending(limiter, 1)).toMatchObject({ confirmWithinMs: confirmTimeoutMs });
        expect(await tryNew(limiter, 3)).toEqual(denial('interval', pendingMs(harness)));
        await harness.advance(before - MOMENT_MS);
        expect(await attempt(limiter, next)).toEqual(denial('interval', MOMENT_MS));
        await harness.advance(MOMENT_MS);
        expect(await attempt(limiter, next)).toEqual(aPermit);
      },
    );

    restartTest(
      'P2 a permit can be confirmed for as long as it was told when it was granted',
      async () => {
        const harness = await startOpen(suite, 2);
        const before = pendingMs(harness);
        const permits = [
          await grantPending(harness.replica(), 0),
          await grantPending(harness.replica(), 1),
        ];
        await harness.restart({ rules: { confirmTimeoutMs: 1000 } });
        await harness.advance(before - MOMENT_MS);
        expect(await harness.replica().confirm(BOT, permits[0]?.id ?? '')).toBe(true);
        await harness.restart({ rules: { confirmTimeoutMs: 60_000 } });
        await harness.advance(MOMENT_MS);
        expect(await harness.replica().confirm(BOT, permits[1]?.id ?? '')).toBe(false);
      },
    );

    restartTest(
      'P2 with a shorter time for the confirm, new buckets open no earlier than the bucket of the pending permit',
      async () => {
        const harness = await startOpen(suite, 2);
        const before = pendingMs(harness);
        await grantPending(harness.replica(), 0);
        await harness.restart({ rules: { confirmTimeoutMs: 1000 } });
        await grant(harness.replica(), 1);
        await harness.replica().setLimits(BOT, report(3));
        expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', before));
      },
    );

    restartTest(
      'P2 a repeated operation is told what is left of the time for the confirm',
      async () => {
        const harness = await startOpen(suite);
        const limiter = harness.replica();
        const asked = {
          ...attemptOf(await enterOne(limiter, 0), await limiter.limits(BOT)),
          confirm: true,
        };
        const permit = await limiter.tryAcquire(asked);
        await harness.advance(1000);
        const leftMs = harness.rules.confirmTimeoutMs - 1000;
        expect(await limiter.tryAcquire(asked)).toEqual({ ...permit, confirmWithinMs: leftMs });
        await harness.restart({ downMs: leftMs + 1 });
        expect(await harness.replica().tryAcquire(asked)).toEqual({
          ...permit,
          confirmWithinMs: 0,
        });
      },
    );

    test('P2 when max_concurrency changes, new buckets open no earlier than the bucket of a pending permit', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await grantPending(limiter, 0);
      await harness.advance(1000);
      await limiter.setLimits(BOT, report(3));
      const leftMs = pendingMs(harness) - 1000;
      for (const shard of [0, 1, 2]) {
        expect(await tryNew(limiter, shard)).toEqual(denial('interval', leftMs));
      }
      await harness.advance(leftMs);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P2 a confirm of a permit of older limits opens no new bucket earlier', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const confirmed = await grantPending(limiter, 0);
      await limiter.setLimits(BOT, report(2));
      await harness.advance(1000);
      await limiter.confirm(BOT, confirmed.id);
      for (const shard of [0, 1]) {
        const answer = await tryNew(limiter, shard);
        expect(answer).toMatchObject({ granted: false, reason: 'interval' });
        if (answer.granted) continue;
        expect(answer.retryInMs).toBeGreaterThanOrEqual(harness.rules.intervalMs);
      }
    });

    test('P2 a confirm of older limits moves no bucket that a later permit closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const old = await grantPending(limiter, 0);
      await limiter.setLimits(BOT, report(2));
      await harness.advance(pendingMs(harness));
      await grantPending(limiter, 0);
      expect(await limiter.confirm(BOT, old.id)).toBe(false);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', pendingMs(harness)));
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P2 a permit that was confirmed before a change of max_concurrency keeps new buckets closed for one interval', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await harness.advance(2000);
      await limiter.confirm(BOT, permit.id);
      await limiter.setLimits(BOT, report(2));
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
    });
  });
}
