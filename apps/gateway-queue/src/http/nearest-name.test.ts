import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const NAMES = ['shard', 'bot', 'priority', 'confirm', 'maxWaitMs'];

test.each([
  ['shardId', 'shard'],
  ['shard_id', 'shard'],
  ['Shard', 'shard'],
  ['SHARD', 'shard'],
  ['shards', 'shard'],
  ['shrad', 'shard'],
  ['shard[]', 'shard'],
  ['Confirm', 'confirm'],
  ['confirmed', 'confirm'],
  ['max_wait_ms', 'maxWaitMs'],
  ['maxwait', 'maxWaitMs'],
  ['wait', 'maxWaitMs'],
  ['priorty', 'priority'],
  ['botId', 'bot'],
])('by %s probably %s was meant', (misspelled, meant) => {
  expect(nearestName(misspelled, NAMES)).toBe(meant);
});

test.each(['token', 'id', '', 'x', '__proto__', '%', 'cache', 'shard'.repeat(20)])(
  'nothing is like %j',
  (name) => {
    expect(nearestName(name, NAMES)).toBeUndefined();
  },
);

test('only names that are offered are meant', () => {
  expect(nearestName('shardId', [])).toBeUndefined();
});
