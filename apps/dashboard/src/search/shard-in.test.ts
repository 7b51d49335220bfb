import { expect, test } from 'vitest';
import { bucketHint, shardIn } from './shard-in.ts';

test.each([
  ['42', 42],
  [' #42 ', 42],
  ['Shard 0', 0],
  ['2147483647', 2_147_483_647],
])('%j is a shard', (text, shard) => {
  expect(shardIn(text)).toEqual({ shard, bot: undefined });
});

test.each([
  ['music 277', 'music'],
  ['three.3_- shard #277', 'three.3_-'],
  [' 7 277', '7'],
])('%j is a shard of the named bot', (text, bot) => {
  expect(shardIn(text)).toEqual({ shard: 277, bot });
});

test.each(['', 'x', '-1', '1.5', '2147483648', '99999999999', 'music', 'a b 1'])(
  '%j is not a shard',
  (text) => {
    expect(shardIn(text)).toBeUndefined();
  },
);

test('the hint names the bucket, the shard modulo max_concurrency, once that is known', () => {
  expect(bucketHint(42, 16)).toContain('bucket 10');
  expect(bucketHint(42, undefined)).not.toContain('bucket');
});
