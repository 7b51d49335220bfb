import { describe, expect, test } from 'vitest';
import { type LimiterHarness, type Suite, testNeeding } from './harness.ts';
import { enterOne, granted, MOMENT_MS, OTHER_BOT, start, startOpen, type Waiter } from './moves.ts';

export function howLongPlacesAreKept(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('how long places are kept', () => {
    test('P6 a place is kept for the place TTL from leaving, and no longer', async () => {
      const harness = await start(suite);
      const kept = await leftBy(harness, 1);
      await harness.advance(MOMENT_MS * 2);
      const lapsed = await leftBy(harness, 2);
      await harness.advance(harness.placeTtlMs - MOMENT_MS * 3);
      expect(await isPlaceOf(harness, kept)).toBe(true);
      await harness.advance(MOMENT_MS * 4);
      expect(await isPlaceOf(harness, lapsed)).toBe(false);
    });

    test('P6 a waiter that takes its place back and leaves again has it for the whole TTL again', async () => {
      const harness = await start(suite);
      const { rank } = await leftBy(harness, 1);
      for (let round = 0; round < 3; round++) {
        await harness.advance(harness.placeTtlMs - MOMENT_MS);
        const again = await enterOne(harness.replica(), 1);
        expect(again.rank).toEqual(rank);
        await harness.replica().leave([again]);
      }
    });

    test('P6 a waiter that waited for longer than the TTL has a place when it leaves', async () => {
      const harness = await start(suite);
      const waiter = await enterOne(harness.replica(), 1);
      await harness.advance(harness.placeTtlMs * 2);
      await harness.replica().leave([waiter]);
      expect(await isPlaceOf(harness, waiter)).toBe(true);
    });

    restartTest.each([0, 3_600_000, -3_600_000])(
      'P6 the TTL of a place goes on over a restart with a wall clock that jumps by %d ms',
      async (wallJumpMs) => {
        const harness = await start(suite);
        const [kept, lapsed] = [await leftBy(harness, 1), await leftBy(harness, 2)];
        await harness.restart({ downMs: 1000, wallJumpMs });
        await harness.advance(harness.placeTtlMs - 1000 - MOMENT_MS);
        expect(await isPlaceOf(harness, kept)).toBe(true);
        await harness.advance(MOMENT_MS * 2);
        expect(await isPlaceOf(harness, lapsed)).toBe(false);
      },
    );

    restartTest(
      'P6 the ranks of all waiters are places from the moment at which the replicas died',
      async () => {
        const harness = await startOpen(suite);
        const limiter = harness.replica();
        const used = await enterOne(limiter, 0);
        await granted(limiter, used);
        const [kept, lapsed] = [await enterOne(limiter, 1), await enterOne(limiter, null)];
        await harness.advance(harness.placeTtlMs * 2);
        await harness.restart();
        await harness.advance(harness.placeTtlMs - MOMENT_MS);
        expect(await isPlaceOf(harness, kept)).toBe(true);
        expect(await isPlaceOf(harness, used)).toBe(false);
        await harness.advance(harness.deadReplicaMs + MOMENT_MS * 2);
        expect(await isPlaceOf(harness, lapsed)).toBe(false);
      },
    );

    restartTest('P6 a place taken back and lost again to a restart is a place again', async () => {
      const harness = await start(suite);
      const waiter = await leftBy(harness, 1);
      for (let round = 0; round < 3; round++) {
        expect(await isPlaceOf(harness, waiter)).toBe(true);
        await harness.restart({ downMs: 1000 });
        await harness.advance(harness.deadReplicaMs);
      }
    });

    test.skipIf(suite.lacks.includes('reboot'))('P6 places outlive a reboot', async () => {
      const harness = await start(suite);
      const left = await leftBy(harness, 1);
      const waited = await enterOne(harness.replica(), 2);
      await harness.restart({ rebootDownMs: 1000 });
      expect(await isPlaceOf(harness, left)).toBe(true);
      expect(await isPlaceOf(harness, waited)).toBe(true);
    });

    test('P10 of too many places, those left longest ago go', async () => {
      const harness = await start(suite);
      const waiters: Waiter[] = [];
      for (let shard = 0; shard < harness.maxPlaces + 2; shard++) {
        waiters.push(await enterOne(harness.replica(), shard));
      }
      for (const waiter of waiters.toReversed()) {
        await harness.replica().leave([waiter]);
        await harness.advance(MOMENT_MS);
      }
      const found = [];
      for (const waiter of waiters) found.push(await isPlaceOf(harness, waiter));
      expect(found).toEqual(waiters.map((_, shard) => shard < harness.maxPlaces));
    });

    test('P10 of too many places that were left at once, those that joined last go', async () => {
      const harness = await start(suite);
      const waiters: Waiter[] = [];
      for (let shard = 0; shard < harness.maxPlaces + 2; shard++) {
        waiters.push(await enterOne(harness.replica(), shard));
        await harness.advance(MOMENT_MS);
      }
      await harness.replica().leave(waiters.toReversed());
      const found = [];
      for (const waiter of waiters) found.push(await isPlaceOf(harness, waiter));
      expect(found).toEqual(waiters.map((_, shard) => shard < harness.maxPlaces));
    });

    test('P6 places of one bot do not push out those of another', async () => {
      const harness = await start(suite);
      const kept = await leftBy(harness, 1);
      for (let shard = 0; shard < harness.maxPlaces * 2; shard++) {
        await harness.advance(MOMENT_MS);
        const other = await enterOne(harness.replica(), shard, { bot: OTHER_BOT });
        await harness.replica().leave([other]);
      }
      expect(await isPlaceOf(harness, kept)).toBe(true);
    });

    restartTest('P6 a rank that is forgotten is no place, also after a restart', async () => {
      const harness = await start(suite);
      const waiter = await enterOne(harness.replica(), 1);
      await harness.replica().forget([waiter, waiter]);
      await harness.replica().leave([waiter]);
      expect(await isPlaceOf(harness, waiter)).toBe(false);
      const other = await enterOne(harness.replica(), 2);
      await harness.replica().forget([other]);
      await harness.restart();
      expect(await isPlaceOf(harness, other)).toBe(false);
    });

    test('P10 a waiter that leaves twice takes up one place', async () => {
      const harness = await start(suite);
      const waiters: Waiter[] = [];
      for (let shard = 0; shard < harness.maxPlaces; shard++) {
        const waiter = await leftBy(harness, shard);
        await harness.replica().leave([waiter]);
        waiters.push(waiter);
      }
      for (const waiter of waiters) expect(await isPlaceOf(harness, waiter)).toBe(true);
    });

    test('P10 waiters do not count as places', async () => {
      const harness = await start(suite);
      const left = await leftBy(harness, 0);
      for (let shard = 1; shard < harness.maxPlaces + 2; shard++) {
        await enterOne(harness.replica(), shard);
      }
      expect(await isPlaceOf(harness, left)).toBe(true);
    });
  });
}

async function leftBy(harness: LimiterHarness, shard: number): Promise<Waiter> {
  const waiter = await enterOne(harness.replica(), shard);
  await harness.replica().leave([waiter]);
  return waiter;
}

/** Whether the shard gets the waiter's rank when it asks again, which takes the place. */
async function isPlaceOf(harness: LimiterHarness, waiter: Waiter): Promise<boolean> {
  const { rank } = await enterOne(harness.replica(), waiter.shard);
  return rank.ticket === waiter.rank.ticket;
}
