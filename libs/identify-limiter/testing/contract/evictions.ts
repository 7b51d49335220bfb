import type { Change } from '@gateway-queue/identify-limiter';
import { describe, expect, test, vi } from 'vitest';
import type { Suite } from './harness.ts';
import { BOT, enterOne, grant, OTHER_BOT, start, startOpen } from './moves.ts';

export function evictions(suite: Suite): void {
  describe('evictions', () => {
    test('P10 every replica hears which waiter is evicted, and the replica of the waiter ends it', async () => {
      const harness = await start(suite);
      const waiter = await enterOne(harness.replica('a'), 1);
      const told = vi.fn<(change: Change) => void>();
      harness.replica('a').onChange(told);
      expect(await harness.replica('b').evict(BOT, waiter.id)).toBe(true);
      await vi.waitUntil(() => told.mock.calls.length > 0);
      expect(told).toHaveBeenCalledWith({ bot: BOT, evicted: waiter.id });
      const { waiters } = await harness.replica('b').waiters(BOT);
      expect(waiters).toMatchObject([{ id: waiter.id }]);
      await harness.replica('a').forget([waiter]);
      expect(await harness.replica('b').evict(BOT, waiter.id)).toBe(false);
    });

    test('a waiter that left, or of another bot, cannot be evicted', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const waiter = await enterOne(limiter, 1);
      const gone = await enterOne(limiter, 2);
      await limiter.leave([gone]);
      await grant(limiter, 3);
      expect(await limiter.evict(OTHER_BOT, waiter.id)).toBe(false);
      expect(await limiter.evict(BOT, gone.id)).toBe(false);
      expect(await limiter.evict(BOT, 'unknown')).toBe(false);
    });
  });
}
