import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  aPermit,
  BOT,
  denial,
  grant,
  MOMENT_MS,
  report,
  start,
  startOpen,
  tryNew,
} from './moves.ts';

export function spacingOverRestarts(suite: Suite): void {
  describe.skipIf(suite.lacks.includes('restart'))('spacing over restarts', () => {
    test.each([0, 3_600_000, -3_600_000])(
      'P1 a restart with a wall clock that jumps by %d ms keeps each bucket closed exactly as long',
      async (wallJumpMs) => {
        const harness = await startOpen(suite, 2);
        await grant(harness.replica(), 0);
        await harness.restart({ downMs: 1000, wallJumpMs });
        const limiter = harness.replica();
        expect(await tryNew(limiter, 0)).toEqual(denial('interval', harness.intervalMs - 1000));
        expect(await tryNew(limiter, 1)).toEqual(aPermit);
        await harness.advance(harness.intervalMs - 1000 - MOMENT_MS);
        expect(await tryNew(limiter, 0)).toEqual(denial('interval', MOMENT_MS));
        await harness.advance(MOMENT_MS);
        expect(await tryNew(limiter, 0)).toEqual(aPermit);
      },
    );

    test('P1 restarts in a row add nothing to the wait', async () => {
      const harness = await startOpen(suite);
      await grant(harness.replica(), 0);
      for (let round = 0; round < 3; round++) await harness.restart({ downMs: 1000 });
      expect(await tryNew(harness.replica(), 0)).toEqual(
        denial('interval', harness.intervalMs - 3000),
      );
    });

    test('P1 a restart before the first interval of new state is over does not shorten it', async () => {
      const harness = await start(suite);
      await harness.replica().setLimits(BOT, report(1));
      await harness.restart({ downMs: 1000 });
      expect(await tryNew(harness.replica(), 0)).toEqual(
        denial('interval', harness.intervalMs - 1000),
      );
    });

    test('P1 a longer interval holds from the last permit before the restart', async () => {
      const harness = await startOpen(suite);
      const before = harness.intervalMs;
      await grant(harness.replica(), 0);
      await harness.restart({ rules: { intervalMs: before * 2 } });
      const after = harness.intervalMs;
      expect(after).toBeGreaterThan(before);
      await harness.advance(after - MOMENT_MS);
      expect(await tryNew(harness.replica(), 0)).toEqual(denial('interval', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
    });

    test('P1 a longer interval holds from the last permit that was not released', async () => {
      const harness = await startOpen(suite);
      const before = harness.intervalMs;
      await grant(harness.replica(), 0);
      await harness.advance(before);
      const unused = await grant(harness.replica(), 0);
      await harness.restart({ rules: { intervalMs: before * 2 } });
      await harness.replica().release(BOT, unused.id);
      expect(await tryNew(harness.replica(), 0)).toEqual(
        denial('interval', harness.intervalMs - before),
      );
    });

    test('P1 a shorter interval opens a bucket no earlier than itself and no later than the old one', async () => {
      const harness = await startOpen(suite);
      const before = harness.intervalMs;
      await grant(harness.replica(), 0);
      await harness.restart({ rules: { intervalMs: 1000 } });
      const after = harness.intervalMs;
      expect(after).toBeLessThan(before);
      await harness.advance(after - MOMENT_MS);
      expect(await tryNew(harness.replica(), 0)).toMatchObject({ reason: 'interval' });
      await harness.advance(before - after + MOMENT_MS);
      await grant(harness.replica(), 0);
      await harness.advance(after);
      expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
    });

    test.skipIf(suite.lacks.includes('reboot')).each([0, 3_600_000, -3_600_000])(
      'P1 after a reboot with a wall clock that jumps by %d ms a whole interval passes, and no more',
      async (wallJumpMs) => {
        const harness = await startOpen(suite, 2);
        await grant(harness.replica(), 0);
        await harness.restart({ rebootDownMs: 60_000, wallJumpMs });
        const limiter = harness.replica();
        expect(await tryNew(limiter, 0)).toEqual(denial('interval', harness.intervalMs));
        expect(await tryNew(limiter, 1)).toEqual(denial('interval', harness.intervalMs));
        await harness.advance(harness.intervalMs);
        expect(await tryNew(limiter, 0)).toEqual(aPermit);
        expect(await tryNew(limiter, 1)).toEqual(aPermit);
      },
    );
  });
}
