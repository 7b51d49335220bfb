import { bucketOf, dividesDiscords, divisorsOf } from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

test.each([
  { discords: 1, divisors: [1] },
  { discords: 12, divisors: [1, 2, 3, 4, 6, 12] },
  { discords: 16, divisors: [1, 2, 4, 8, 16] },
])('P1 in place of $discords buckets of Discord there may be $divisors', (row) => {
  expect(divisorsOf(row.discords)).toEqual(row.divisors);
});

const discords = fc.integer({ min: 1, max: 512 });
const shard = fc.integer({ min: 0, max: 100_000 });

test('P1 with a divisor two shards of one Discord bucket are never in two of ours', () => {
  const oneDiscordBucket = fc.record({ discords, shard, rounds: fc.nat(1000), pick: fc.nat() });
  fc.assert(
    fc.property(oneDiscordBucket, (drawn) => {
      const divisors = divisorsOf(drawn.discords);
      const ours = divisors[drawn.pick % divisors.length] ?? 1;
      const other = drawn.shard + drawn.rounds * drawn.discords;
      expect(bucketOf(other, ours)).toBe(bucketOf(drawn.shard, ours));
    }),
  );
});

test('P1 with any other number some are, so it is refused', () => {
  fc.assert(
    fc.property(discords, fc.integer({ min: 1, max: 1024 }), (discordMaxConcurrency, ours) => {
      // Shards 0 and max_concurrency share a bucket of Discord.
      const stayTogether = bucketOf(discordMaxConcurrency, ours) === bucketOf(0, ours);
      expect(dividesDiscords(ours, discordMaxConcurrency)).toBe(stayTogether);
    }),
  );
});
