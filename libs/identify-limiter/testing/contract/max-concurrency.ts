import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  BOT,
  denial,
  grant,
  MOMENT_MS,
  OTHER_BOT,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function changesOfMaxConcurrency(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('changes of max_concurrency', () => {
    test('P1 each new bucket opens when the last of the old ones would have', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const expectAllToOpenIn = async (buckets: number, ms: number) => {
        for (let shard = 0; shard < buckets; shard++) {
          expect(await tryNew(limiter, shard)).toEqual(denial('interval', ms));
        }
        await harness.advance(ms - MOMENT_MS);
        expect(await tryNew(limiter, buckets - 1)).toEqual(denial('interval', MOMENT_MS));
        await harness.advance(MOMENT_MS);
      };
      await grant(limiter, 0);
      await harness.advance(1000);
      await limiter.setLimits(BOT, report(16));
      await expectAllToOpenIn(16, harness.intervalMs - 1000);

      await grant(limiter, 3);
      await harness.advance(500);
      await grant(limiter, 5);
      await harness.advance(500);
      await limiter.setLimits(BOT, report(3));
      await expectAllToOpenIn(3, harness.intervalMs - 500);

      await grant(limiter, 2);
      await limiter.setLimits(BOT, report(1));
      await expectAllToOpenIn(1, harness.intervalMs);
      expect(await tryNew(limiter, 0)).toEqual(aPermit);
    });

    restartTest(
      'P1 buckets that a change kept closed stay closed over the next change, and over a restart',
      async () => {
        const harness = await startOpen(suite, 4);
        await grant(harness.replica(), 3);
        await harness.replica().setLimits(BOT, report(2));
        await harness.restart({ downMs: 1000 });
        await harness.replica().setLimits(BOT, report(8));
        for (const shard of [0, 3, 7]) {
          expect(await tryNew(harness.replica(), shard)).toEqual(
            denial('interval', harness.intervalMs - 1000),
          );
        }
      },
    );

    test('P1 a permit released before the change keeps no new bucket closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grant(limiter, 0);
      await limiter.release(BOT, permit.id);
      await limiter.setLimits(BOT, report(2));
      expect(await tryNew(limiter, 0)).toEqual(aPermit);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P1 a permit of older limits that is released opens no bucket that a later one closed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const old = await grant(limiter, 0);
      await limiter.setLimits(BOT, report(2));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      await limiter.release(BOT, old.id);
      expect(await tryNew(limiter, 0)).toEqual(denial('interval', harness.intervalMs));
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('a report of the same max_concurrency opens and closes no bucket', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await limiter.setLimits(BOT, report(2, { total: 500 }));
      expect(await tryNew(limiter, 0)).toEqual(denial('interval', harness.intervalMs));
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('a change of one bot closes no bucket of another', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      await limiter.setLimits(BOT, report(16));
      expect(await tryNew(limiter, 0, { bot: OTHER_BOT })).toEqual(aPermit);
    });
  });
}
