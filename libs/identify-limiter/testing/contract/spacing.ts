import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  grant,
  MOMENT_MS,
  OTHER_BOT,
  report,
  start,
  startOpen,
  tryAtOnce,
  tryNew,
} from './moves.ts';

export function spacing(suite: Suite): void {
  describe('spacing', () => {
    test('P1 new state may be lost state, so one interval passes before the first permit', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, report(2));
      expect(await tryNew(limiter, 0)).toEqual(denial('interval', harness.intervalMs));
      await harness.advance(harness.intervalMs - MOMENT_MS);
      expect(await tryNew(limiter, 1)).toEqual(denial('interval', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P1 the next permit of a bucket comes one interval after the last one, and not a moment earlier', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      const next = await enterOne(limiter, 1);
      expect(await attempt(limiter, next)).toEqual(denial('interval', harness.intervalMs));
      await harness.advance(harness.intervalMs - MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(denial('interval', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, next)).toEqual(aPermit);
    });

    test('P1 a late permit does not bring the next one forward', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs * 1.5);
      await grant(limiter, 1);
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P1 a bucket is closed for every replica', async () => {
      const harness = await startOpen(suite);
      await grant(harness.replica('a'), 0);
      expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('interval', harness.intervalMs));
    });

    test('P1 of many replicas that try at the same moment one gets the permit', async () => {
      const harness = await startOpen(suite);
      const replicas = Array.from({ length: 8 }, (_, index) => harness.replica(`r${index}`));
      const answers = await tryAtOnce(replicas);
      expect(answers.filter((answer) => answer.granted)).toHaveLength(1);
    });

    test('P1 buckets and bots are spaced independently', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(1));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      await harness.advance(1000);
      await grant(limiter, 1);
      await grant(limiter, 0, { bot: OTHER_BOT });
      expect(await tryNew(limiter, 2)).toEqual(denial('interval', harness.intervalMs - 1000));
      expect(await tryNew(limiter, 3)).toEqual(denial('interval', harness.intervalMs));
    });

    test.each([3_600_000, -3_600_000])(
      'P1 a wall clock that jumps by %d ms changes nothing',
      async (jumpMs) => {
        const harness = await startOpen(suite);
        const limiter = harness.replica();
        await grant(limiter, 0);
        const next = await enterOne(limiter, 1);
        harness.jumpWall(jumpMs);
        expect(await attempt(limiter, next)).toEqual(denial('interval', harness.intervalMs));
        await harness.advance(harness.intervalMs);
        expect(await attempt(limiter, next)).toEqual(aPermit);
      },
    );
  });
}
