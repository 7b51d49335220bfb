import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  aPermit,
  attempt,
  pendingMs,
  BOT,
  denial,
  enterOne,
  grantPending,
  MOMENT_MS,
  remaining,
  startOpen,
  tryNew,
} from './moves.ts';

export function confirming(suite: Suite): void {
  describe('confirmed spacing', () => {
    test('P2 a permit that is to be confirmed says by when', async () => {
      const harness = await startOpen(suite, 1, {}, { confirmTimeoutMs: 7000 });
      expect(await grantPending(harness.replica(), 0)).toMatchObject({ confirmWithinMs: 7000 });
    });

    test('P2 the bucket stays closed until the confirm, and opens one plain interval after it', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const { intervalMs } = harness.rules;
      const permit = await grantPending(limiter, 0);
      const next = await enterOne(limiter, 1);
      await harness.advance(harness.intervalMs);
      expect(await attempt(limiter, next)).toEqual(
        denial('interval', pendingMs(harness) - harness.intervalMs),
      );
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await attempt(limiter, next)).toEqual(denial('interval', intervalMs));
      await harness.advance(intervalMs - MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(denial('interval', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(aPermit);
    });

    test('P2 a confirm at once opens the bucket one plain interval after the permit', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await limiter.confirm(BOT, permit.id);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
    });

    test('P2 a confirm by another replica counts as well', async () => {
      const harness = await startOpen(suite);
      const permit = await grantPending(harness.replica('a'), 0);
      await harness.advance(100);
      expect(await harness.replica('b').confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(harness.replica('a'), 1)).toEqual(
        denial('interval', harness.rules.intervalMs),
      );
    });

    test('P2 a second confirm is answered like the first, and moves nothing', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await harness.advance(300);
      await limiter.confirm(BOT, permit.id);
      await harness.advance(2000);
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      const leftMs = harness.rules.intervalMs - 2000;
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', leftMs));
      await harness.advance(leftMs);
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P2 two confirms at once move the opening once', async () => {
      const harness = await startOpen(suite);
      const limiters = [harness.replica('a'), harness.replica('b')];
      const permit = await grantPending(harness.replica('a'), 0);
      const answers = await Promise.all(limiters.map((one) => one.confirm(BOT, permit.id)));
      expect(answers).toEqual([true, true]);
      expect(await tryNew(harness.replica('a'), 1)).toEqual(
        denial('interval', harness.rules.intervalMs),
      );
    });

    test('P2 without a confirm the bucket opens one interval and margin after the time for it is over', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grantPending(limiter, 0);
      const next = await enterOne(limiter, 1);
      expect(await attempt(limiter, next)).toEqual(denial('interval', pendingMs(harness)));
      await harness.advance(pendingMs(harness) - MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(denial('interval', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(aPermit);
    });

    test('P2 a late confirm still moves the opening while the bucket is closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await harness.advance(pendingMs(harness) - MOMENT_MS);
      expect(await limiter.confirm(BOT, permit.id)).toBe(true);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.rules.intervalMs));
    });

    test('P2 a confirm that comes when the bucket has opened is too late, and changes nothing', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await harness.advance(pendingMs(harness));
      expect(await limiter.confirm(BOT, permit.id)).toBe(false);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
      expect(await limiter.confirm(BOT, permit.id)).toBe(false);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs));
      expect(await remaining(limiter)).toBe(998);
    });

    test('P2 pending permits of other buckets and bots do not matter', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
      await limiter.confirm(BOT, permit.id);
      expect(await tryNew(limiter, 3)).toEqual(denial('interval', harness.intervalMs));
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.rules.intervalMs));
    });
  });
}
