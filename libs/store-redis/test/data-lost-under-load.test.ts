import { randomUUID } from 'node:crypto';
import { BOT, attemptOf, enterOne, report } from '@gateway-queue/identify-limiter/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RedisHarness } from './harness.ts';
import { useRedis } from './servers/file-servers.ts';

const BUCKETS = 2;
const REPLICAS = ['a', 'b', 'c'];

const redis = useRedis();

/** What happens at one moment, all of it at once. */
interface Round {
  readonly dataLost: boolean;
  /** Which replicas report limits at the same time. */
  readonly reporters: readonly string[];
  readonly askers: readonly { replica: string; shard: number; confirm: boolean }[];
  /** Ms until the next moment. */
  readonly thenMs: number;
}

const replica = fc.constantFrom(...REPLICAS);
const rounds: fc.Arbitrary<Round[]> = fc.array(
  fc.record({
    dataLost: fc.constantFrom(false, false, false, true),
    reporters: fc.subarray(REPLICAS, { maxLength: 2 }),
    askers: fc.array(fc.record({ replica, shard: fc.nat(5), confirm: fc.boolean() }), {
      maxLength: 6,
    }),
    thenMs: fc.constantFrom(0, 500, 1750, 5000, 5250),
  }),
  { minLength: 5, maxLength: 25, size: 'max' },
);

test(
  'P1 no two permits of a bucket are within an interval, whenever all data is lost',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (history) => {
        const harness = await RedisHarness.open(redis());
        try {
          expect(await closestPermits(harness, history)).toBeGreaterThanOrEqual(harness.intervalMs);
        } finally {
          await harness.dispose();
        }
      }),
      { numRuns: 60 },
    );
  },
);

/** The least time in ms between two permits of a bucket. */
async function closestPermits(harness: RedisHarness, history: readonly Round[]): Promise<number> {
  let now = 0;
  let closestMs = Infinity;
  const lastPermit = new Map<number, number>();
  for (const { dataLost, reporters, askers, thenMs } of history) {
    const shown = await harness.replica().limits(BOT);
    const asked = askers.map(async ({ shard, confirm, replica: name }) => {
      const limiter = harness.replica(name);
      const waiter = await enterOne(limiter, shard);
      return limiter.tryAcquire({ ...attemptOf(waiter, shown), confirm, operation: randomUUID() });
    });
    const others: Promise<unknown>[] = reporters.map((name) =>
      harness.replica(name).setLimits(BOT, report(BUCKETS)),
    );
    if (dataLost) others.push(harness.connection.commands.flushall());
    const [answers] = await Promise.all([Promise.all(asked), Promise.all(others)]);
    for (const answer of answers) {
      if (!answer.granted) continue;
      closestMs = Math.min(closestMs, now - (lastPermit.get(answer.bucket) ?? -Infinity));
      lastPermit.set(answer.bucket, now);
    }
    await harness.advance(thenMs);
    now += thenMs;
  }
  return closestMs;
}
