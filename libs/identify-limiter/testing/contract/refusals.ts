import { type MarginView, REFUSED_WITHIN_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Limiter, LimiterHarness, Suite } from './harness.ts';
import {
  attempt,
  BOT,
  enterOne,
  grant,
  granted,
  grantPending,
  MOMENT_MS,
  openingsInMs,
  startOpen,
  type Waiter,
} from './moves.ts';

/** How long after its permit a refused shard asks again. */
const REFUSED_AFTER_MS = 2000;

/** Which shards take part. They are others each time. */
let nextShard = 100;

interface Margin extends MarginView {
  readonly backInMs: number | null;
}

export async function marginOf(limiter: Limiter, bot = BOT): Promise<Margin> {
  const { margin, now } = await limiter.view(bot);
  return { ...margin, backInMs: margin.backAt === null ? null : margin.backAt - now };
}

/** How long the bucket 0 is closed yet. */
export async function closedMs(harness: LimiterHarness): Promise<number> {
  return (await openingsInMs(harness.replica()))[0] ?? 0;
}

/** A shard has its permit right after another one's, is refused, and asks again. The bucket is still closed for a while. */
export async function refuse(
  harness: LimiterHarness,
): Promise<{ waiter: Waiter; sinceMs: number }> {
  const shard = await next(harness);
  await harness.advance(REFUSED_AFTER_MS);
  const waiter = await enterOne(harness.replica('b'), shard);
  // It gives up, so that it is in no line.
  await harness.replica('b').forget([waiter]);
  return { waiter, sinceMs: REFUSED_AFTER_MS };
}

/** A margin that has grown by one step. */
export async function growOnce(harness: LimiterHarness): Promise<void> {
  await refuse(harness);
  await refuse(harness);
}

/** Gives a shard its permit right after another shard's, and returns it. */
async function next(harness: LimiterHarness, betweenMs = 0): Promise<number> {
  const limiter = harness.replica('a');
  nextShard += 2;
  await harness.advance(await closedMs(harness));
  await grant(limiter, nextShard);
  await harness.advance((await closedMs(harness)) + betweenMs);
  await grant(limiter, nextShard + 1);
  return nextShard + 1;
}

export function refusalsSeen(suite: Suite): void {
  describe('a refusal', () => {
    test('P11 is a shard that asks again within 15 s of its permit', async () => {
      const harness = await startOpen(suite);
      const shard = await next(harness);
      await harness.advance(REFUSED_WITHIN_MS);
      await enterOne(harness.replica('b'), shard);
      expect(await refusals(harness)).toBe(1);
    });

    test('P11 is not a shard that asks again later', async () => {
      const harness = await startOpen(suite);
      const shard = await next(harness);
      await harness.advance(REFUSED_WITHIN_MS + MOMENT_MS);
      await enterOne(harness.replica(), shard);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 counts once, however often the shard asks', async () => {
      const harness = await startOpen(suite);
      const shard = await next(harness);
      const limiter = harness.replica();
      const first = await enterOne(limiter, shard);
      await enterOne(limiter, shard);
      await limiter.leave([first]);
      await enterOne(limiter, shard);
      await limiter.forget([first]);
      await enterOne(limiter, shard);
      expect(await refusals(harness)).toBe(1);
    });

    test('P11 is not a shard whose other request waited before', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      const [served, other] = [await enterOne(limiter, 1), await enterOne(limiter, 1)];
      await harness.advance(harness.intervalMs);
      await granted(limiter, served);
      await limiter.leave([other]);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a request that lost its rank', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const shard = await next(harness);
      const { rank } = await enterOne(limiter, 90);
      await enterOne(limiter, shard, { rank });
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a request that names no shard', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      await grant(limiter, null);
      await enterOne(limiter, null);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a shard whose permit was released', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      const permit = await grant(limiter, 1);
      await limiter.release(BOT, permit.id);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 counts no more once the permit is released', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      const permit = await grant(limiter, 1);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(1);
      await limiter.release(BOT, permit.id);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a shard whose permit is to be confirmed, whether it was or not', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      const permit = await grantPending(limiter, 1);
      await enterOne(limiter, 1);
      await limiter.confirm(BOT, permit.id);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a shard that confirmed a permit which it need not', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      await harness.advance(harness.intervalMs);
      const permit = await grant(limiter, 1);
      await limiter.confirm(BOT, permit.id);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(0);
    });

    test('P11 is not a shard whose predecessor in the bucket was confirmed', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      const permit = await grantPending(limiter, 0);
      await limiter.confirm(BOT, permit.id);
      await harness.advance(harness.intervalMs);
      await grant(limiter, 1);
      await enterOne(limiter, 1);
      expect(await refusals(harness)).toBe(0);
    });

    test.each([
      [2000, 1],
      [2000 + MOMENT_MS, 0],
    ])('P11 with a permit %d ms after the opening counts %d', async (betweenMs, count) => {
      const harness = await startOpen(suite);
      const shard = await next(harness, betweenMs);
      await enterOne(harness.replica(), shard);
      expect(await refusals(harness)).toBe(count);
    });

    test('P11 is not a shard that had the permit before, too: it starts again and again', async () => {
      const harness = await startOpen(suite);
      const limiter = harness.replica();
      await grant(limiter, 0);
      const again = await enterOne(limiter, 0);
      await harness.advance(harness.intervalMs);
      await granted(limiter, again);
      const third = await enterOne(limiter, 0);
      expect(await refusals(harness)).toBe(0);
      expect(await attempt(limiter, third)).toMatchObject({ reason: 'interval' });
    });
  });
}

async function refusals(harness: LimiterHarness): Promise<number> {
  return (await marginOf(harness.replica())).refusals;
}
