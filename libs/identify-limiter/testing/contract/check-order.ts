import { describe, expect, test } from 'vitest';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  attemptOf,
  BOT,
  denial,
  discordReport,
  enterOne,
  granted,
  report,
  start,
  startOpen,
} from './moves.ts';

const pauseOfBot = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };

export function orderOfChecks(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('order of the checks', () => {
    test('limits-unknown comes first, and only a report ends it', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      await limiter.pause(pauseOfBot);
      const waiter = await enterOne(limiter, 0);
      expect(await attempt(limiter, waiter)).toEqual(denial('limits-unknown', null));
      expect(await attempt(limiter, waiter, { limitsVersion: 1 })).toEqual(
        denial('limits-unknown', null),
      );
    });

    test('limits-changed comes before paused, and carries the limits that hold now', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 0);
      const stale = attemptOf(waiter, await limiter.limits(BOT));
      await limiter.setLimits(BOT, report(16));
      await limiter.pause(pauseOfBot);
      await harness.advance(1000);
      const limits = await limiter.limits(BOT);
      for (const limitsVersion of [stale.limitsVersion, 0]) {
        const answer = await limiter.tryAcquire({ ...stale, limitsVersion });
        expect(answer).toMatchObject({ granted: false, reason: 'limits-changed' });
        expect(answer).toHaveProperty('limits', limits);
      }
    });

    test('then paused, budget, crash loop, interval and line, each once the one before it is over', async () => {
      const crashLoop = { burst: 1, windowMs: 900_000, below: 0.5 };
      const harness = await startOpen(suite, 1, {}, { crashLoop });
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      await a.setLimits(BOT, discordReport(1, 1, { resetInMs: 600_000 }));
      // Shard 0 has had its permit when it comes again.
      const first = await enterOne(b, 0);
      const waiters = [await enterOne(a, 1), await enterOne(b, 2)] as const;
      await granted(b, first);
      const throttled = await enterOne(a, 0);
      await a.pause(pauseOfBot);
      await expectBoth('paused');
      await a.resume(pauseOfBot);
      await expectBoth('budget');
      expect(await attempt(a, throttled)).toMatchObject({ reason: 'budget' });
      await a.setLimits(BOT, discordReport(1, 400));
      expect(await attempt(a, throttled)).toMatchObject({ reason: 'crash-loop' });
      await a.setLimits(BOT, discordReport(1, 600));
      expect(await attempt(a, throttled)).toMatchObject({ reason: 'interval' });
      await expectBoth('interval');
      await harness.advance(harness.intervalMs);
      expect(await attempt(b, waiters[1])).toEqual(denial('line', null));
      expect(await attempt(a, waiters[0])).toEqual(aPermit);

      async function expectBoth(reason: 'paused' | 'budget' | 'interval') {
        expect(await attempt(b, waiters[1])).toMatchObject({ reason });
        expect(await attempt(a, waiters[0])).toMatchObject({ reason });
      }
    });

    test('a bot without limits is denied for it, whatever limits another bot has', async () => {
      const harness: LimiterHarness = await startOpen(suite);
      const waiter = await enterOne(harness.replica(), 0, { bot: 'unheard of' });
      expect(await attempt(harness.replica(), waiter)).toEqual(denial('limits-unknown', null));
    });

    restartTest('check() resolves while the store is there', async () => {
      const harness = await start(suite);
      await expect(harness.replica().check()).resolves.toBeUndefined();
      await harness.restart();
      await expect(harness.replica().check()).resolves.toBeUndefined();
    });
  });
}
