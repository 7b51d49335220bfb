import { afterEach, expect, test } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, joiningTimes, sharedPermits } from '../support/cluster/shared-state.ts';
import type { HeldRequest } from '../support/http/held-request.ts';

const INTERVAL_MS = 200;

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

async function started(replicas: number): Promise<Cluster> {
  cluster = await Cluster.start(replicas, { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS) });
  return cluster;
}

async function answered(requests: readonly HeldRequest[]): Promise<void> {
  for (const { answer } of requests) expect((await answer)?.status).toBe(200);
}

test('P1, P4, P9: 30 waiters of one bucket at three replicas go in the order in which they joined', async () => {
  const running = await started(3);
  const requests: HeldRequest[] = [];
  // In an order that no replica has to itself.
  for (let shard = 0; shard < 30; shard += 1) {
    requests.push(await running.join((shard * 2 + (shard >> 2)) % 3, shard));
  }
  await answered(requests);

  const permits = await sharedPermits(running.redis.client);
  expect(permits.map(({ shard }) => shard)).toEqual([...Array(30).keys()]);
  const gaps = gapsOf(permits);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(INTERVAL_MS);
  // No slot is lost: had even a single one waited for a recheck, the mean would show it.
  const lateness = gaps.reduce((sum, gap) => sum + gap - INTERVAL_MS, 0) / gaps.length;
  expect(lateness).toBeLessThan(INTERVAL_MS / 10);
});

test('P6: a shard that asks again at another replica keeps its place', async () => {
  const running = await started(3);
  const requests = new Map<number, HeldRequest>();
  for (const shard of [0, 1, 2, 3, 4, 5]) {
    requests.set(shard, await running.join(shard % 3, shard));
  }
  const joined = await joiningTimes(running.redis.client);
  for (const shard of [2, 4]) {
    requests.get(shard)?.hangUp();
    requests.set(shard, running.ask((shard + 1) % 3, shard));
  }
  await answered([...requests.values()]);
  const permits = await sharedPermits(running.redis.client);
  expect(permits.map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await joiningTimes(running.redis.client)).toEqual(joined);
});
