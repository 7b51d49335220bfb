import { describe, expect, test } from 'vitest';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  granted,
  MOMENT_MS,
  remaining,
  startOpen,
  tryNew,
} from './moves.ts';

const HOUR_MS = 3_600_000;

const crashLoop = { burst: 3, windowMs: 600_000, below: 0.5 };

/** Few session starts are left, so that the throttling works. */
export async function startLow(suite: Suite, maxConcurrency = 1): Promise<LimiterHarness> {
  const harness = await startOpen(suite, maxConcurrency, {}, { crashLoop });
  const low = discordReport(maxConcurrency, 400, { resetInMs: HOUR_MS * 2 });
  await harness.replica().setLimits(BOT, low);
  return harness;
}

/** The shard is given as many permits as it takes, one interval apart. */
export async function burst(harness: LimiterHarness, shard: number, count = crashLoop.burst) {
  for (let permit = 0; permit < count; permit++) {
    await grant(harness.replica(), shard);
    await harness.advance(harness.intervalMs);
  }
}

export function crashLoopThrottle(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('throttling', () => {
    test('P3 after a burst the shard waits until the oldest of its permits is out of the window', async () => {
      const harness = await startLow(suite);
      const limiter = harness.replica();
      await burst(harness, 0);
      const waiter = await enterOne(limiter, 0);
      const leftMs = crashLoop.windowMs - harness.intervalMs * crashLoop.burst;
      expect(await attempt(limiter, waiter)).toEqual(denial('crash-loop', leftMs));
      await harness.advance(leftMs - MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(denial('crash-loop', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      await granted(limiter, waiter);
      await harness.advance(harness.intervalMs - MOMENT_MS);
      // The second of them leaves the window one interval after the first.
      expect(await tryNew(limiter, 0)).toEqual(denial('crash-loop', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await tryNew(limiter, 0)).toEqual(aPermit);
    });

    test('P3 a shard with one permit less than the burst is not throttled', async () => {
      const harness = await startLow(suite);
      await burst(harness, 0, crashLoop.burst - 1);
      expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
    });

    test('P3 shards are throttled at the share of starts and below, and not above it', async () => {
      const harness = await startLow(suite);
      const limiter = harness.replica();
      await burst(harness, 0);
      // Long enough ago for Discord to have counted all.
      await harness.advance(10_000);
      const waiter = await enterOne(limiter, 0);
      for (const left of [499, 500]) {
        await limiter.setLimits(BOT, discordReport(1, left));
        expect(await attempt(limiter, waiter)).toMatchObject({ reason: 'crash-loop' });
      }
      await limiter.setLimits(BOT, discordReport(1, 501));
      expect(await attempt(limiter, waiter)).toEqual(aPermit);
    });

    test('P3 a shard that starts again and again leaves the share untouched', async () => {
      const harness = await startOpen(suite, 1, { total: 20 }, { crashLoop });
      await burst(harness, 0, 10);
      expect(await remaining(harness.replica())).toBe(10);
      expect(await tryNew(harness.replica(), 0)).toMatchObject({ reason: 'crash-loop' });
    });

    test('P3 with the share 0 no shard is throttled, with the share 1 shards are from the first start on', async () => {
      const never = await startOpen(
        suite,
        1,
        { total: 5 },
        { crashLoop: { ...crashLoop, below: 0 } },
      );
      await burst(never, 0, 5);
      expect(await tryNew(never.replica(), 0)).toMatchObject({ reason: 'budget' });
      const always = await startOpen(
        suite,
        1,
        {},
        { crashLoop: { ...crashLoop, burst: 1, below: 1 } },
      );
      await burst(always, 0, 1);
      expect(await tryNew(always.replica(), 0)).toMatchObject({ reason: 'crash-loop' });
    });

    test('P3 the reset of the session starts ends the throttling', async () => {
      const harness = await startOpen(suite, 1, {}, { crashLoop });
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(1, 400, { resetInMs: 60_000 }));
      await burst(harness, 0);
      const waiter = await enterOne(limiter, 0);
      expect(await attempt(limiter, waiter)).toMatchObject({ reason: 'crash-loop' });
      await harness.advance(61_000);
      expect(await attempt(limiter, waiter)).toEqual(aPermit);
    });

    test('P3 a permit that was released does not count', async () => {
      const harness = await startLow(suite);
      const limiter = harness.replica();
      await burst(harness, 0, crashLoop.burst - 1);
      const unused = await grant(limiter, 0);
      await limiter.release(BOT, unused.id);
      await grant(limiter, 0);
      expect(await tryNew(limiter, 0)).toMatchObject({ reason: 'crash-loop' });
    });

    test('P3 a release ends the throttling', async () => {
      const harness = await startLow(suite);
      const limiter = harness.replica();
      await burst(harness, 0, crashLoop.burst - 1);
      const unused = await grant(limiter, 0);
      expect(await tryNew(limiter, 0)).toMatchObject({ reason: 'crash-loop' });
      await limiter.release(BOT, unused.id);
      expect(await tryNew(limiter, 0)).toEqual(aPermit);
    });

    restartTest.each([0, HOUR_MS, -HOUR_MS])(
      'P3 the throttling lasts exactly as long over a restart with a wall clock that jumps by %d ms',
      async (wallJumpMs) => {
        const harness = await startLow(suite);
        await burst(harness, 0);
        await harness.restart({ downMs: 1000, wallJumpMs });
        const leftMs = crashLoop.windowMs - harness.intervalMs * crashLoop.burst - 1000;
        expect(await tryNew(harness.replica(), 0)).toEqual(denial('crash-loop', leftMs));
      },
    );

    restartTest(
      'P3 another rule holds from the next start on, also for earlier permits',
      async () => {
        const harness = await startLow(suite);
        await burst(harness, 0);
        await harness.restart({ rules: { crashLoop: { ...crashLoop, burst: 4 } } });
        expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
        await harness.restart({ rules: { crashLoop: { ...crashLoop, burst: 2 } } });
        // Since the last but one of them, which was one interval before this moment.
        expect(await tryNew(harness.replica(), 0)).toEqual(
          denial('crash-loop', crashLoop.windowMs - harness.intervalMs),
        );
      },
    );
  });
}
