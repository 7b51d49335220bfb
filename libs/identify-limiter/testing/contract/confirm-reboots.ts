import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
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
  MOMENT_MS,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function confirmingOverReboots(suite: Suite): void {
  describe.skipIf(suite.lacks.includes('reboot'))('confirmed spacing over reboots', () => {
    test.each([0, 3_600_000, -3_600_000])(
      'P2 the bucket of a pending permit stays closed for as long as it was to at the last write before the reboot, with a wall clock that jumps by %d ms',
      async (wallJumpMs) => {
        const harness = await startOpen(suite, 2);
        await grantPending(harness.replica(), 0);
        await harness.advance(3000);
        // What is written then says what is left.
        await enterOne(harness.replica(), 1);
        await harness.advance(2000);
        await harness.restart({ rebootDownMs: 60_000, wallJumpMs });
        const limiter = harness.replica();
        const leftMs = pendingMs(harness) - 3000;
        const waiter = await enterOne(limiter, 0);
        expect(await attempt(limiter, waiter)).toEqual(denial('interval', leftMs));
        expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.intervalMs));
        await harness.advance(leftMs - MOMENT_MS);
        expect(await attempt(limiter, waiter)).toEqual(denial('interval', MOMENT_MS));
        await harness.advance(MOMENT_MS);
        expect(await attempt(limiter, waiter)).toEqual(aPermit);
      },
    );

    test('P2 it does so after each of several reboots', async () => {
      const harness = await startOpen(suite);
      await grantPending(harness.replica(), 0);
      for (let round = 0; round < 3; round++) {
        await harness.restart({ rebootDownMs: 60_000 });
        expect(await tryNew(harness.replica(), 1)).toEqual(
          denial('interval', pendingMs(harness) - round * 2000),
        );
        await harness.advance(2000);
        await enterOne(harness.replica(), 2);
      }
    });

    test.each([1000, 60_000])(
      'P2 another time for the confirm, %d ms, does not change how long that bucket stays closed',
      async (confirmTimeoutMs) => {
        const harness = await startOpen(suite, 2);
        const before = pendingMs(harness);
        await grantPending(harness.replica(), 0);
        await harness.restart({ rules: { confirmTimeoutMs } });
        await harness.restart({ rebootDownMs: 1000 });
        expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', before));
        expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', harness.intervalMs));
      },
    );

    test.each([0, 3_600_000, -3_600_000])(
      'P2 P9 one interval passes after a reboot when the time for the confirm was over, with a wall clock that jumps by %d ms',
      async (wallJumpMs) => {
        const harness = await startOpen(suite);
        await grantPending(harness.replica(), 0);
        await harness.advance(harness.rules.confirmTimeoutMs);
        // What is written then says that it was over.
        await enterOne(harness.replica(), 1);
        await harness.restart({ rebootDownMs: 1000, wallJumpMs });
        expect(await tryNew(harness.replica(), 1)).toEqual(denial('interval', harness.intervalMs));
      },
    );

    test('P2 the closing of a pending permit holds for the new buckets after a change of max_concurrency', async () => {
      const harness = await startOpen(suite, 2);
      await grantPending(harness.replica(), 0);
      await harness.replica().setLimits(BOT, report(3));
      await harness.restart({ rebootDownMs: 60_000 });
      for (const shard of [0, 1, 2]) {
        expect(await tryNew(harness.replica(), shard)).toEqual(
          denial('interval', pendingMs(harness)),
        );
      }
    });

    test('P2 a release reopens a bucket whose closing before the permit was over already', async () => {
      const harness = await startOpen(suite, 1, {}, { confirmTimeoutMs: 1000 });
      await grantPending(harness.replica(), 0);
      await harness.advance(pendingMs(harness));
      const unused = await grant(harness.replica(), 1);
      await harness.restart({ rebootDownMs: 60_000, rules: { confirmTimeoutMs: 60_000 } });
      await harness.replica().release(BOT, unused.id);
      expect(await tryNew(harness.replica(), 2)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P2 a permit keeps what was left of the time for its confirm, and a repeat of its operation says so', async () => {
      const harness = await startOpen(suite);
      const waiter = await enterOne(harness.replica(), 0);
      const asked = {
        ...attemptOf(waiter, await harness.replica().limits(BOT)),
        confirm: true,
      };
      const permit = await harness.replica().tryAcquire(asked);
      await harness.advance(1000);
      await enterOne(harness.replica(), 1);
      await harness.restart({ rebootDownMs: 60_000 });
      const limiter = harness.replica();
      const confirmWithinMs = harness.rules.confirmTimeoutMs - 1000;
      expect(await limiter.tryAcquire(asked)).toEqual({ ...permit, confirmWithinMs });
      await harness.advance(pendingMs(harness) - 1000 - MOMENT_MS);
      expect(await limiter.confirm(BOT, waiter.operation)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
    });

    test('P2 a confirm soon after a reboot opens the bucket no earlier than one interval after the reboot', async () => {
      const harness = await startOpen(suite);
      const permit = await grantPending(harness.replica(), 0);
      await harness.restart({ rebootDownMs: 1000 });
      const limiter = harness.replica();
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P2 a permit that was confirmed or released before a reboot is not pending after it', async () => {
      const harness = await startOpen(suite, 2);
      const [confirmed, unused] = [
        await grantPending(harness.replica(), 0),
        await grantPending(harness.replica(), 1),
      ];
      await harness.replica().confirm(BOT, confirmed.id);
      await harness.replica().release(BOT, unused.id);
      await harness.restart({ rebootDownMs: 1000 });
      for (const shard of [0, 1]) {
        expect(await tryNew(harness.replica(), shard)).toEqual(
          denial('interval', harness.intervalMs),
        );
      }
    });
  });
}
