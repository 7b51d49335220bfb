import type { PauseOrder } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  BOT,
  denial,
  MOMENT_MS,
  OTHER_BOT,
  start,
  startOpen,
  tryNew,
  pausesOf,
} from './moves.ts';

const order: PauseOrder = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };

export function pausesShownAndKept(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('pauses, shown and kept', () => {
    test('P7 a pause shows who, why, since when and until when', async () => {
      const harness = await start(suite);
      const answered = await harness.replica('a').pause({ ...order, durationMs: 60_000 });
      await harness.advance(1000.5);
      const { now, pauses } = await harness.replica('b').view(BOT);
      const [since, until] = [now - 1000.5, now + 58_999.5];
      expect(pauses).toEqual([{ bot: BOT, bucket: null, reason: 'why', by: 'ana', since, until }]);
      expect(answered).toEqual(pauses[0]);
    });

    test('P7 the whole bot is shown first, then its buckets by number, and no other bot', async () => {
      const limiter = (await start(suite)).replica();
      for (const bucket of [10, 2, null, 0, 1]) await limiter.pause({ ...order, bucket });
      await limiter.pause({ ...order, bot: OTHER_BOT });
      const shown = await pausesOf(limiter);
      expect(shown.map((pause) => pause.bucket)).toEqual([null, 0, 1, 2, 10]);
      expect(await pausesOf(limiter, 'no such bot')).toEqual([]);
    });

    test('P7 a reason keeps every character', async () => {
      const limiter = (await start(suite)).replica();
      const reason = `it's "50 %" — ünïcode 🙂\n; DROP TABLE pause`;
      await limiter.pause({ ...order, reason });
      expect((await pausesOf(limiter))[0]?.reason).toBe(reason);
    });

    restartTest.each([0, 3_600_000, -3_600_000])(
      'P7 pauses hold over a restart with a wall clock that jumps by %d ms',
      async (wallJumpMs) => {
        const harness = await startOpen(suite, 2);
        await harness.replica().pause({ ...order, bucket: 0 });
        await harness.replica().pause({ ...order, bucket: 1, durationMs: 60_000 });
        await harness.restart({ downMs: 20_000, wallJumpMs });
        const limiter = harness.replica();
        const { now, pauses } = await limiter.view(BOT);
        expect(pauses).toMatchObject([
          { since: now - 20_000, until: null },
          { since: now - 20_000, until: now + 40_000 },
        ]);
        await harness.advance(40_000 - MOMENT_MS);
        expect(await tryNew(limiter, 0)).toEqual(denial('paused', null));
        expect(await tryNew(limiter, 1)).toEqual(denial('paused', MOMENT_MS));
        await harness.advance(MOMENT_MS);
        expect(await tryNew(limiter, 1)).toEqual(aPermit);
      },
    );

    restartTest('P7 a pause that was lifted stays lifted after a restart', async () => {
      const harness = await startOpen(suite);
      await harness.replica().pause(order);
      await harness.replica().resume(order);
      await harness.restart();
      expect(await pausesOf(harness.replica())).toEqual([]);
      expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
    });

    test.skipIf(suite.lacks.includes('reboot'))('P7 pauses hold over a reboot', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica().pause({ ...order, bucket: 0 });
      await harness.replica().pause({ ...order, bucket: 1, durationMs: 600_000 });
      await harness.restart({ rebootDownMs: 60_000 });
      const limiter = harness.replica();
      await harness.advance(harness.intervalMs);
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', null));
      expect(await tryNew(limiter, 1)).toMatchObject({ reason: 'paused' });
      await harness.advance(600_000);
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', null));
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });
  });
}
