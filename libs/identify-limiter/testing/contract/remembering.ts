import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  BOT,
  enterOne,
  grant,
  grantPending,
  granted,
  MOMENT_MS,
  remaining,
  startOpen,
  openingsInMs,
} from './moves.ts';

const HOUR_MS = 3_600_000;

/** How long permits may have to be stored for throttling: less than they are remembered, and more. */
const CRASH_LOOP_WINDOWS_MS = [HOUR_MS / 2, 4 * HOUR_MS];

export function remembering(suite: Suite): void {
  describe.each(CRASH_LOOP_WINDOWS_MS)(
    'how long a permit is remembered, with a throttling that looks back for %d ms',
    (windowMs) => {
      const crashLoop = { burst: 5, windowMs, below: 0.1 };
      const startRemembering = (confirmTimeoutMs = 10_000) =>
        startOpen(suite, 4, {}, { crashLoop, confirmTimeoutMs });

      test('P5 a permit can be released for an hour, and a later release changes nothing', async () => {
        const harness = await startRemembering();
        const limiter = harness.replica();
        const waiter = await enterOne(limiter, 1);
        const permits = [await grant(limiter, 0), await granted(limiter, waiter)];
        await harness.advance(HOUR_MS);
        expect(await limiter.release(BOT, permits[0]?.id ?? '')).toBe(true);
        expect(await remaining(limiter)).toBe(999);
        await harness.advance(MOMENT_MS);
        expect(await limiter.release(BOT, permits[1]?.id ?? '')).toBe(false);
        expect(await remaining(limiter)).toBe(999);
        expect((await enterOne(limiter, 1)).rank.ticket).not.toBe(waiter.rank.ticket);
        await harness.advance(19 * HOUR_MS);
        expect(await limiter.release(BOT, permits[1]?.id ?? '')).toBe(false);
        expect(await remaining(limiter)).toBe(999);
      });

      test('P5 a permit can be released for an hour when others were granted meanwhile', async () => {
        const harness = await startRemembering();
        const limiter = harness.replica();
        const permits = [await grant(limiter, 0), await grant(limiter, 1)];
        await harness.advance(HOUR_MS);
        await grant(limiter, 2);
        expect(await limiter.release(BOT, permits[0]?.id ?? '')).toBe(true);
        await harness.advance(MOMENT_MS);
        await grant(limiter, 3);
        expect(await limiter.release(BOT, permits[1]?.id ?? '')).toBe(false);
        expect(await remaining(limiter)).toBe(997);
      });

      test('P5 a pending permit can be released for an hour after the end of its time', async () => {
        const harness = await startRemembering();
        const limiter = harness.replica();
        const permits = [await grantPending(limiter, 0), await grantPending(limiter, 1)];
        await harness.advance(harness.rules.confirmTimeoutMs + HOUR_MS);
        expect(await limiter.release(BOT, permits[0]?.id ?? '')).toBe(true);
        await harness.advance(MOMENT_MS);
        expect(await limiter.release(BOT, permits[1]?.id ?? '')).toBe(false);
        expect(await remaining(limiter)).toBe(999);
      });

      testNeeding(suite, 'restart')(
        'P5 the time of a permit ends when it was told, whatever the setting is later',
        async () => {
          const harness = await startRemembering(HOUR_MS);
          const permit = await grantPending(harness.replica(), 0);
          await harness.restart({ rules: { confirmTimeoutMs: 1000 } });
          await harness.advance(2 * HOUR_MS);
          await grant(harness.replica(), 1);
          expect(await harness.replica().release(BOT, permit.id)).toBe(true);
          expect(await remaining(harness.replica())).toBe(999);
        },
      );

      test('P5 that a permit was released is known for an hour', async () => {
        const harness = await startRemembering();
        const limiter = harness.replica();
        const permit = await grant(limiter, 0);
        await limiter.release(BOT, permit.id);
        await harness.advance(HOUR_MS);
        expect(await limiter.release(BOT, permit.id)).toBe(true);
        await harness.advance(MOMENT_MS);
        expect(await limiter.release(BOT, permit.id)).toBe(false);
      });

      test('P2 that a permit was confirmed is known for an hour after the confirm', async () => {
        const harness = await startRemembering();
        const limiter = harness.replica();
        const permit = await grantPending(limiter, 0);
        await harness.advance(5000);
        await limiter.confirm(BOT, permit.id);
        await harness.advance(HOUR_MS);
        expect(await limiter.confirm(BOT, permit.id)).toBe(true);
        await harness.advance(MOMENT_MS);
        expect(await limiter.confirm(BOT, permit.id)).toBe(false);
        expect(await limiter.release(BOT, permit.id)).toBe(false);
        expect(await remaining(limiter)).toBe(999);
      });
    },
  );

  test('P2 a bucket that is closed for longer opens as if a forgotten permit had not been confirmed', async () => {
    const harness = await startOpen(suite, 1, {}, { intervalMs: 2 * HOUR_MS });
    const limiter = harness.replica();
    const permit = await grant(limiter, 0);
    await harness.advance(HOUR_MS + MOMENT_MS);
    expect(await limiter.confirm(BOT, permit.id)).toBe(false);
    expect(await openingsInMs(limiter)).toEqual([harness.intervalMs - HOUR_MS - MOMENT_MS]);
  });
}
