import { REFUSED_WITHIN_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  grantPending,
  MOMENT_MS,
  OTHER_BOT,
  report,
  tryNew,
} from './moves.ts';
import { burst, startLow } from './crash-loop.ts';

export function notThrottled(suite: Suite): void {
  describe('what is not throttled', () => {
    test('P3 P9 other shards pass a throttled shard, at its replica and at others', async () => {
      const harness = await startLow(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      await burst(harness, 0);
      const throttled = await enterOne(a, 0, { priority: 'high' });
      expect(await attempt(a, throttled)).toMatchObject({ reason: 'crash-loop' });
      expect(await tryNew(b, 1)).toEqual(aPermit);
      await harness.advance(harness.intervalMs);
      expect(await attempt(a, throttled)).toMatchObject({ reason: 'crash-loop' });
      expect(await tryNew(a, 2)).toEqual(aPermit);
    });

    test('P9 a throttled shard leaves its replica without a head', async () => {
      const harness = await startLow(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      await burst(harness, 0);
      const first = await enterOne(a, 1);
      const second = await enterOne(b, 2);
      await grant(b, 3, { priority: 'high' });
      expect(await attempt(a, first)).toMatchObject({ reason: 'interval' });
      expect(await tryNew(a, 0)).toMatchObject({ reason: 'crash-loop' });
      await harness.advance(harness.intervalMs);
      expect(await attempt(b, second)).toEqual(aPermit);
    });

    test('P3 a request that names no shard is never throttled', async () => {
      const harness = await startLow(suite);
      for (let time = 0; time < 10; time++) {
        expect(await tryNew(harness.replica(), null)).toEqual(aPermit);
        await harness.advance(harness.intervalMs);
      }
    });

    test('P3 neither permits without a shard nor those of another shard throttle a shard', async () => {
      const harness = await startLow(suite);
      for (const shard of [null, null, null, 1, 1, 1, 2, 2, 0]) {
        await grant(harness.replica(), shard);
        // So late that no shard seems to have been refused.
        await harness.advance(REFUSED_WITHIN_MS + MOMENT_MS);
      }
      expect(await tryNew(harness.replica(), 1)).toMatchObject({ reason: 'crash-loop' });
      expect(await tryNew(harness.replica(), 2)).toEqual(aPermit);
    });

    test('P3 the same shard number of another bot is not throttled', async () => {
      const harness = await startLow(suite);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, discordReport(1, 100));
      await burst(harness, 0);
      expect(await tryNew(limiter, 0, { bot: OTHER_BOT })).toEqual(aPermit);
      expect(await tryNew(limiter, 0)).toMatchObject({ reason: 'crash-loop' });
    });

    test('P3 a shard stays throttled when max_concurrency moves it to another bucket', async () => {
      const harness = await startLow(suite, 2);
      const limiter = harness.replica();
      await burst(harness, 5);
      await limiter.setLimits(BOT, report(3));
      expect(await tryNew(limiter, 5)).toMatchObject({ reason: 'crash-loop' });
      expect(await tryNew(limiter, 2)).toEqual(aPermit);
    });

    test('P3 permits count whichever replica they were granted to, confirmed or not', async () => {
      const harness = await startLow(suite);
      for (const name of ['a', 'b', 'c']) {
        const permit = await grantPending(harness.replica(name), 0);
        await harness.replica('b').confirm(BOT, permit.id);
        await harness.advance(harness.rules.intervalMs);
      }
      expect(await tryNew(harness.replica('a'), 0)).toEqual(
        denial('crash-loop', 600_000 - harness.rules.intervalMs * 3),
      );
    });
  });
}
