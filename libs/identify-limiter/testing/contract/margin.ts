import { MARGIN_BACK_MS, MAX_MARGIN_MS, REFUSALS_SHOWN_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import { BOT, denial, enterOne, grant, MOMENT_MS, startOpen, tryNew } from './moves.ts';
import { closedMs, growOnce, marginOf, refuse } from './refusals.ts';

export function growingMargin(suite: Suite): void {
  describe('the growing margin', () => {
    test('P11 two refusals within a minute add 250 ms', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const { marginMs } = harness.rules;
      await refuse(harness);
      expect(await marginOf(limiter)).toMatchObject({ ms: marginMs, backAt: null, refusals: 1 });
      await refuse(harness);
      expect(await marginOf(limiter)).toMatchObject({ ms: marginMs + 250, refusals: 2 });
      await harness.advance(await closedMs(harness));
      await grant(limiter, 8);
      expect(await tryNew(limiter, 9)).toEqual(denial('interval', harness.intervalMs + 250));
    });

    test('P11 where every other IDENTIFY takes 1.2 s, no more than three are refused', async () => {
      const harness = await startOpen(suite, 1, {}, { marginMs: 750 });
      const limiter = harness.replica();
      let acceptedAt = -Infinity;
      const refused: number[] = [];
      for (let shard = 0; shard < 20; shard += 1) {
        await harness.advance(await closedMs(harness));
        await grant(limiter, shard);
        const { now } = await limiter.view(BOT);
        const arrivesAt = now + (shard % 2 === 0 ? 1200 : 0);
        if (arrivesAt - acceptedAt >= 5000) {
          acceptedAt = arrivesAt;
        } else {
          refused.push(shard);
          await harness.advance(2000);
          await limiter.forget([await enterOne(limiter, shard)]);
        }
      }
      expect(refused).toEqual([1, 3, 5]);
    });

    test('P1 a margin that grows holds for a bucket that is closed already, at every replica', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica('a');
      await refuse(harness);
      const { sinceMs } = await refuse(harness);
      const openInMs = harness.intervalMs + 250 - sinceMs;
      expect(await tryNew(harness.replica('b'), 9)).toEqual(denial('interval', openInMs));
      await harness.advance(openInMs - MOMENT_MS);
      expect(await tryNew(limiter, 9)).toEqual(denial('interval', MOMENT_MS));
    });

    test('P11 refusals more than a minute apart add nothing', async () => {
      const harness = await startOpen(suite);
      await refuse(harness);
      await harness.advance(60_000);
      await refuse(harness);
      expect((await marginOf(harness.replica())).ms).toBe(harness.rules.marginMs);
    });

    test('P11 each further refusal adds as much, up to 2 s', async () => {
      const harness = await startOpen(suite);
      const grown: number[] = [];
      await refuse(harness);
      for (let times = 0; times < 8; times += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await refuse(harness);
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        grown.push((await marginOf(harness.replica())).ms);
      }
      expect(grown).toEqual([500, 750, 1000, 1250, 1500, 1750, MAX_MARGIN_MS, MAX_MARGIN_MS]);
    });

    test('P11 a margin that is set larger than 2 s does not change', async () => {
      const harness = await startOpen(suite, 1, {}, { marginMs: 3000 });
      await refuse(harness);
      await refuse(harness);
      expect(await marginOf(harness.replica())).toMatchObject({ ms: 3000, backAt: null });
    });

    test('P9 a margin that is set to 0 is turned off, and does not grow', async () => {
      const harness = await startOpen(suite, 1, {}, { marginMs: 0 });
      await growOnce(harness);
      expect(await marginOf(harness.replica())).toMatchObject({ ms: 0, backAt: null, refusals: 2 });
    });

    test('P9 it comes back by 250 ms for each ten minutes without a refusal, to what is set', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const { marginMs } = harness.rules;
      await growOnce(harness);
      await refuse(harness);
      const { backInMs, ms } = await marginOf(limiter);
      expect([ms, backInMs]).toEqual([marginMs + 500, 2 * MARGIN_BACK_MS]);
      await harness.advance(MARGIN_BACK_MS - MOMENT_MS);
      expect((await marginOf(limiter)).ms).toBe(marginMs + 500);
      await harness.advance(MOMENT_MS);
      expect((await marginOf(limiter)).ms).toBe(marginMs + 250);
      await grant(limiter, 8);
      expect(await tryNew(limiter, 9)).toEqual(denial('interval', harness.intervalMs + 250));
      await harness.advance(MARGIN_BACK_MS);
      expect(await marginOf(limiter)).toMatchObject({ ms: marginMs, backAt: null });
      await grant(limiter, 9);
      expect(await tryNew(limiter, 10)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P9 what a bucket waits for does not change while the margin comes back', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await growOnce(harness);
      await harness.advance(MARGIN_BACK_MS - 1000);
      await grant(limiter, 8);
      await harness.advance(1000);
      expect((await marginOf(limiter)).ms).toBe(harness.rules.marginMs);
      expect(await tryNew(limiter, 9)).toEqual(denial('interval', harness.intervalMs - 750));
    });

    test('P11 a lone refusal keeps a grown margin from coming back', async () => {
      const harness = await startOpen(suite);
      await growOnce(harness);
      await harness.advance(MARGIN_BACK_MS / 2);
      await refuse(harness);
      expect(await marginOf(harness.replica())).toMatchObject({
        ms: harness.rules.marginMs + 250,
        backInMs: MARGIN_BACK_MS,
      });
    });

    test('P11 the margin of one bot is not that of another', async () => {
      const harness = await startOpen(suite);
      await growOnce(harness);
      expect(await marginOf(harness.replica(), 'other')).toMatchObject({
        ms: harness.rules.marginMs,
        refusals: 0,
      });
    });

    test('P12 refusals are counted for an hour', async () => {
      const harness = await startOpen(suite);
      await growOnce(harness);
      await harness.advance(REFUSALS_SHOWN_MS - 20_000);
      expect((await marginOf(harness.replica())).refusals).toBe(2);
      await harness.advance(20_000 + MOMENT_MS);
      expect((await marginOf(harness.replica())).refusals).toBe(0);
    });

    test('P11 other limits, and other buckets, leave the margin as it is', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await growOnce(harness);
      await limiter.setLimits('default', { maxConcurrency: 2, total: 1000, source: 'default' });
      expect((await marginOf(limiter)).ms).toBe(harness.rules.marginMs + 250);
    });

    testNeeding(suite, 'restart')('P11 a grown margin outlives a restart', async () => {
      const harness = await startOpen(suite);
      await growOnce(harness);
      const before = await marginOf(harness.replica());
      await harness.restart({ downMs: 1000 });
      const { backInMs, ms, refusals } = await marginOf(harness.replica());
      expect([ms, refusals]).toEqual([before.ms, 2]);
      expect(backInMs).toBeCloseTo((before.backInMs ?? 0) - 1000, 0);
    });

    test('P8 an entry that enters twice is one request', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await refuse(harness);
      const { waiter } = await refuse(harness);
      await limiter.enter([waiter]);
      await limiter.enter([{ ...waiter, id: (await enterOne(limiter, 90)).id }]);
      expect(await marginOf(limiter)).toMatchObject({ refusals: 2 });
    });
  });
}
