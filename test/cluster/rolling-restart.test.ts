import { afterEach, expect, test, vi } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, joiningTimes, sharedPermits } from '../support/cluster/shared-state.ts';

const INTERVAL_MS = 250;
const SHARDS = 40;

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

test('P1, P4, P6: in a rolling restart of three replicas under load each shard keeps its place, and no permit is early', async () => {
  const running = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS) });
  cluster = running;
  const { redis } = running;
  /** Replicas that take requests. */
  let serving = [0, 1, 2];

  /** Asks again at any replica that answers, as soon as the connection is lost. */
  async function client(shard: number): Promise<number> {
    for (let attempt = 0; ; attempt += 1) {
      const replica = serving[(shard + attempt) % serving.length] ?? 0;
      const answer = await running.ask(replica, shard).answer;
      if (answer !== undefined) return answer.status;
    }
  }
  const clients = Array.from({ length: SHARDS }, (_, shard) => client(shard));
  const joined = await vi.waitFor(async () => {
    const times = await joiningTimes(redis.client);
    if (times.size < SHARDS) throw new Error(`${times.size} shards have joined`);
    return times;
  });

  for (const old of [0, 1, 2]) {
    serving = serving.filter((replica) => replica !== old);
    expect(await running.replica(old).stop()).toBe(0);
    await running.add();
    serving.push(running.replicas.length - 1);
  }
  expect(new Set(await Promise.all(clients))).toEqual(new Set([200]));

  const permits = await sharedPermits(redis.client);
  expect(permits.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual([
    ...Array(SHARDS).keys(),
  ]);
  expect(Math.min(...gapsOf(permits))).toBeGreaterThanOrEqual(INTERVAL_MS);
  expect(await joiningTimes(redis.client)).toEqual(joined);
});
