import type { Attempt } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { type Limiter, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  attemptOf,
  BOT,
  denial,
  enterOne,
  grant,
  granted,
  remaining,
  report,
  startOpen,
  tryNew,
} from './moves.ts';

export function once(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('permits are granted once', () => {
    test('P8 a permit says what it is for, and has the id of its operation', async () => {
      const harness = await startOpen(suite, 4);
      for (const shard of [6, null]) {
        const waiter = await enterOne(harness.replica(), shard);
        expect(await attempt(harness.replica(), waiter)).toEqual({
          granted: true,
          id: waiter.operation,
          bot: BOT,
          shard,
          bucket: shard === null ? 0 : 2,
          confirmWithinMs: null,
        });
      }
    });

    test('P8 an operation that is repeated gets the same permit, spent once, at any replica', async () => {
      const harness = await startOpen(suite);
      const asked = await newAttempt(harness.replica('a'));
      const permit = await harness.replica('a').tryAcquire(asked);
      expect(permit).toEqual(aPermit);
      expect(await harness.replica('a').tryAcquire(asked)).toEqual(permit);
      expect(await harness.replica('b').tryAcquire(asked)).toEqual(permit);
      expect(await remaining(harness.replica())).toBe(999);
    });

    test('P8 an operation sent twice at once gets one permit', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const asked = await newAttempt(limiter);
      const [first, second] = await Promise.all([
        limiter.tryAcquire(asked),
        limiter.tryAcquire(asked),
      ]);
      expect(first).toEqual(aPermit);
      expect(second).toEqual(first);
      expect(await remaining(limiter)).toBe(999);
    });

    restartTest('P8 an operation is remembered over a restart', async () => {
      const harness = await startOpen(suite);
      const asked = await newAttempt(harness.replica());
      const permit = await harness.replica().tryAcquire(asked);
      await harness.restart({ downMs: 1000 });
      expect(await harness.replica().tryAcquire(asked)).toEqual(permit);
      expect(await remaining(harness.replica())).toBe(999);
    });

    test('P8 a repeated operation closes no bucket that has opened meanwhile', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const asked = await newAttempt(limiter);
      const permit = await limiter.tryAcquire(asked);
      await harness.advance(harness.intervalMs);
      expect(await limiter.tryAcquire(asked)).toEqual(permit);
      expect(await remaining(limiter)).toBe(999);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P8 a repeated operation gets its permit whatever would deny it now', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const asked = await newAttempt(limiter);
      const permit = await limiter.tryAcquire(asked);
      await limiter.pause({ bot: BOT, bucket: null, reason: 'r', by: 'b', durationMs: null });
      expect(await limiter.tryAcquire(asked)).toEqual(permit);
      await limiter.setLimits(BOT, report(2, { total: 1 }));
      expect(await limiter.tryAcquire(asked)).toEqual(permit);
    });

    test('P8 a repeated operation leaves no head behind', async () => {
      const harness = await startOpen(suite);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      const asked = await newAttempt(a);
      await a.tryAcquire(asked);
      await a.tryAcquire(asked);
      const next = await enterOne(b, 1);
      await harness.advance(harness.intervalMs);
      expect(await attempt(b, next)).toEqual(aPermit);
    });

    test('P8 a denied operation has spent nothing, and may get its permit later', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      const waiter = await enterOne(limiter, 1);
      for (let round = 0; round < 3; round++) {
        expect(await attempt(limiter, waiter)).toEqual(denial('interval', harness.intervalMs));
      }
      expect(await remaining(limiter)).toBe(999);
      await harness.advance(harness.intervalMs);
      expect((await granted(limiter, waiter)).id).toBe(waiter.operation);
      expect(await remaining(limiter)).toBe(998);
    });
  });
}

async function newAttempt(limiter: Limiter): Promise<Attempt> {
  return attemptOf(await enterOne(limiter, 0), await limiter.limits(BOT));
}
