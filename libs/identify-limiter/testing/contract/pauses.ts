import type { PauseOrder } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  enterOne,
  MOMENT_MS,
  OTHER_BOT,
  report,
  start,
  startOpen,
  tryNew,
  pausesOf,
} from './moves.ts';

export function pauses(suite: Suite): void {
  describe('pauses', () => {
    test('P7 from the answer to a pause on, the bot gets no permit at any replica', async () => {
      const harness = await startOpen(suite, 2);
      await harness.replica('a').setLimits(OTHER_BOT, report(1));
      await harness.replica('a').pause(orderFor(null));
      await harness.advance(24 * 60 * 60 * 1000);
      expect(await tryNew(harness.replica('a'), 0)).toEqual(denial('paused', null));
      expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('paused', null));
      expect(await tryNew(harness.replica('b'), 0, { bot: OTHER_BOT })).toEqual(aPermit);
    });

    test('P7 a paused bucket gets no permit, and other buckets do', async () => {
      const harness = await startOpen(suite, 3);
      await harness.replica('a').pause(orderFor(1));
      expect(await tryNew(harness.replica('b'), 0)).toEqual(aPermit);
      expect(await tryNew(harness.replica('b'), 1)).toEqual(denial('paused', null));
      expect(await tryNew(harness.replica('b'), 2)).toEqual(aPermit);
    });

    test('P7 a pause with a duration ends by itself', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.pause(orderFor(null, 60_000));
      const waiter = await enterOne(limiter, 0);
      await harness.advance(60_000 - MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(denial('paused', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(aPermit);
      expect(await pausesOf(limiter)).toEqual([]);
      expect(await limiter.resume({ bot: BOT, bucket: null })).toBe(false);
    });

    test('P7 a bucket that two pauses cover gets no permit until both have ended', async () => {
      const harness = await startOpen(suite, 2);
      const limiter = harness.replica();
      await limiter.pause(orderFor(null, 10_000));
      await limiter.pause(orderFor(0, 60_000));
      await limiter.pause(orderFor(1, 5000));
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', 60_000));
      expect(await tryNew(limiter, 1)).toEqual(denial('paused', 10_000));
      await limiter.pause(orderFor(null));
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', null));
      await limiter.resume({ bot: BOT, bucket: null });
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', 60_000));
    });

    test.each([
      { was: null, becomes: 1000 },
      { was: 1000, becomes: null },
      { was: 60_000, becomes: 1000 },
      { was: 1000, becomes: 60_000 },
    ])('P7 a pause of the same scope is replaced ($was ms by $becomes ms)', async (change) => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.pause(orderFor(0, change.was));
      await harness.advance(500);
      await limiter.pause({ ...orderFor(0, change.becomes), reason: 'another', by: 'another' });
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', change.becomes));
      const { now, pauses: held } = await limiter.view(BOT);
      const until = change.becomes === null ? null : now + change.becomes;
      expect(held).toEqual([
        { bot: BOT, bucket: 0, reason: 'another', by: 'another', since: now, until },
      ]);
    });

    test('P7 a resume lifts the pause of exactly its scope', async () => {
      const harness = await startOpen(suite, 2);
      const [a, b] = [harness.replica('a'), harness.replica('b')];
      await a.pause(orderFor(null));
      await a.pause(orderFor(1));
      expect(await b.resume({ bot: OTHER_BOT, bucket: null })).toBe(false);
      expect(await b.resume({ bot: BOT, bucket: 0 })).toBe(false);
      expect(await b.resume({ bot: BOT, bucket: null })).toBe(true);
      expect(await b.resume({ bot: BOT, bucket: null })).toBe(false);
      expect(await tryNew(a, 0)).toEqual(aPermit);
      expect(await tryNew(a, 1)).toEqual(denial('paused', null));
      expect(await b.resume({ bot: BOT, bucket: 1 })).toBe(true);
      expect(await tryNew(a, 1)).toEqual(aPermit);
    });

    test('P7 a bot whose limits are unknown can be paused', async () => {
      const harness = await start(suite);
      const limiter = harness.replica();
      await limiter.pause(orderFor(null));
      await limiter.setLimits(BOT, report(1));
      await harness.advance(harness.intervalMs);
      expect(await tryNew(limiter, 0)).toEqual(denial('paused', null));
    });

    test('P7 a pause holds over a change of max_concurrency', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await limiter.pause(orderFor(null));
      await limiter.setLimits(BOT, report(2));
      expect(await tryNew(limiter, 1)).toEqual(denial('paused', null));
    });
  });
}

function orderFor(bucket: number | null, durationMs: number | null = null): PauseOrder {
  return { bot: BOT, bucket, reason: 'maintenance', by: 'ana', durationMs };
}
