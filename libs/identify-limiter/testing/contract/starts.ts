import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { RESET_SLACK_MS } from './counting.ts';
import type { Suite } from './harness.ts';
import {
  attempt,
  attemptOf,
  BOT,
  discordReport,
  enterOne,
  grant,
  grantPending,
  OTHER_BOT,
  report,
  start,
  startOpen,
  tryNew,
} from './moves.ts';

const three = { reserveOf: () => 3 };
const pauseOfBot = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };

export function startsTold(suite: Suite): void {
  describe('session starts that a denial reports', () => {
    test('a denial reports the starts above the reserve, of how many, and when they reset', async () => {
      const harness = await startOpen(suite, 2, { total: 10 }, three);
      const limiter = harness.replica('a');
      await grant(limiter, 0);
      await harness.advance(1000);
      const starts = { left: 6, perWindow: 7, resetInMs: SESSION_WINDOW_MS - 1000 };
      expect(await tryNew(limiter, 2)).toMatchObject({ reason: 'interval', starts });
      expect(await tryNew(harness.replica('b'), 4)).toMatchObject({ starts });
      await grant(limiter, 1);
      expect(await tryNew(limiter, 3)).toMatchObject({ starts: { ...starts, left: 5 } });
    });

    test('a denial reports no reset of a window that has not begun', async () => {
      const harness = await startOpen(suite, 1, { total: 10 }, three);
      await harness.replica().pause(pauseOfBot);
      expect(await tryNew(harness.replica(), 0)).toMatchObject({
        reason: 'paused',
        starts: { left: 7, perWindow: 7, resetInMs: null },
      });
    });

    test('a denial reports no starts, and never less, under the reserve', async () => {
      const harness = await startOpen(suite, 1, {}, three);
      const limiter = harness.replica();
      for (const remaining of [3, 1, 0]) {
        await limiter.setLimits(BOT, discordReport(1, remaining, { total: 20, resetInMs: 5000 }));
        expect(await tryNew(limiter, 0)).toMatchObject({
          reason: 'budget',
          starts: { left: 0, perWindow: 17, resetInMs: 5000 + RESET_SLACK_MS },
        });
      }
      await limiter.setLimits(BOT, discordReport(1, 0, { total: 2, resetInMs: 5000 }));
      expect(await tryNew(limiter, 0)).toMatchObject({ starts: { left: 0, perWindow: 0 } });
    });

    test('a denial reports the new window from the reset on', async () => {
      const harness = await startOpen(suite, 1, {}, three);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(1, 4, { total: 20, resetInMs: 5000 }));
      await grant(limiter, 0);
      await harness.advance(5000 + RESET_SLACK_MS);
      await limiter.pause(pauseOfBot);
      expect(await tryNew(limiter, 0)).toMatchObject({
        starts: { left: 17, perWindow: 17, resetInMs: null },
      });
    });

    test('a denial reports a released start', async () => {
      const harness = await startOpen(suite, 1, { total: 10 }, three);
      const limiter = harness.replica();
      const unused = await grantPending(limiter, 0);
      await limiter.pause(pauseOfBot);
      expect(await tryNew(limiter, 1)).toMatchObject({ starts: { left: 6 } });
      await limiter.release(BOT, unused.id);
      expect(await tryNew(limiter, 1)).toMatchObject({ starts: { left: 7 } });
    });

    test('a denial for any reason but unknown limits reports the starts', async () => {
      const crashLoop = { burst: 1, windowMs: 900_000, below: 1 };
      const harness = await start(suite, { rules: { crashLoop } });
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      expect(await tryNew(a, 0)).not.toHaveProperty('starts');
      await a.setLimits(BOT, report(2, { total: 10 }));
      await harness.advance(harness.intervalMs);
      await grant(a, 0);
      const starts = { left: 9, perWindow: 10, resetInMs: SESSION_WINDOW_MS };
      expect(await tryNew(a, 0)).toMatchObject({ reason: 'crash-loop', starts });
      const waiter = await enterOne(a, 1);
      const stale = attemptOf(waiter, undefined);
      expect(await a.tryAcquire(stale)).toMatchObject({ reason: 'limits-changed', starts });
      const stranger = { entry: 'another entry' };
      expect(await attempt(a, waiter, stranger)).toMatchObject({ reason: 'rank-not-held', starts });
      await a.pause(pauseOfBot);
      await attempt(a, waiter);
      await a.resume(pauseOfBot);
      expect(await tryNew(b, 3)).toMatchObject({ reason: 'line', starts });
    });

    test('a denial reports the starts of its own bot', async () => {
      const harness = await startOpen(suite, 1, { total: 10 });
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1, { total: 20 }));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      await grant(limiter, 0, { bot: OTHER_BOT });
      expect(await tryNew(limiter, 1)).toMatchObject({ starts: { left: 9, perWindow: 10 } });
      expect(await tryNew(limiter, 1, { bot: OTHER_BOT })).toMatchObject({
        starts: { left: 19, perWindow: 20 },
      });
    });
  });
}
