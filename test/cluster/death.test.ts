import { afterEach, expect, test } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, sharedPermits } from '../support/cluster/shared-state.ts';

const INTERVAL_MS = 300;

/** The most that a replica's death may cost the others, once. */
const DEATH_MS = 3000;

/** For a process that is not given the machine at once. */
const SLACK_MS = 200;

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

test('P4, P5, P6: the head of a killed replica delays its line once, by 3 s at most, and its shard keeps its place', async () => {
  cluster = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS) });
  const { redis } = cluster;
  const first = await cluster.join(1, 9);
  // The next waiter waits for the interval from here on.
  expect((await first.answer)?.status).toBe(200);
  await cluster.join(0, 0);
  const others = [];
  for (const shard of [1, 2, 3, 4, 5, 6]) others.push(await cluster.join(1 + (shard % 2), shard));

  await cluster.replica(0).kill();
  const again = cluster.ask(1, 0);
  for (const { answer } of [...others, again]) expect((await answer)?.status).toBe(200);

  const permits = await sharedPermits(redis.client);
  const shards = permits.map(({ shard }) => shard);
  expect(shards.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 9]);
  // Its place is there at the moment in which the others may go on: one of them may be as quick.
  expect(shards.indexOf(0)).toBeLessThanOrEqual(2);
  expect(shards.filter((shard) => shard !== 0)).toEqual([9, 1, 2, 3, 4, 5, 6]);
  const [death = NaN, ...rest] = gapsOf(permits);
  expect(death).toBeGreaterThanOrEqual(INTERVAL_MS);
  expect(death).toBeLessThan(DEATH_MS + INTERVAL_MS + SLACK_MS);
  expect(Math.min(...rest)).toBeGreaterThanOrEqual(INTERVAL_MS);
  expect(Math.max(...rest)).toBeLessThan(INTERVAL_MS + SLACK_MS);
});
