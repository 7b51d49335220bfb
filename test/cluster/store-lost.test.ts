import { afterEach, expect, test } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { flush, gapsOf, sharedPermits } from '../support/cluster/shared-state.ts';
import { monotonicNow } from '../support/discord/index.ts';
import type { HeldRequest } from '../support/http/held-request.ts';

/** Time enough for every replica to be back and tell its heads, before the interval that passes after a loss is over. */
const INTERVAL_MS = 2000;
const SETTINGS = { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS) };

/** Until all replicas have noticed that the server is back, ms. */
const BACK_MS = 5000;

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

/** Asks for the shards at all replicas in turn; resolves once all of them have joined. */
async function joined(running: Cluster, shards: readonly number[]): Promise<HeldRequest[]> {
  const requests = [];
  for (const shard of shards) {
    requests.push(await running.join(shard % running.replicas.length, shard));
  }
  return requests;
}

async function answered(requests: readonly HeldRequest[]): Promise<void> {
  for (const { answer } of requests) expect((await answer)?.status).toBe(200);
}

test.each([
  ['AOF', ['--appendonly', 'yes']],
  ['RDB', []],
])(
  'P1, P4, P8: when Redis is killed and comes back with its %s, all requests are served, none too early',
  async (_kind, args) => {
    const running = await Cluster.start(3, SETTINGS, { redis: { args } });
    cluster = running;
    const { redis } = running;
    const requests = await joined(running, [0, 1, 2, 3]);
    await redis.client.save();
    // The snapshot does not have these permits, and has the two shards as the heads of their replicas' lines.
    await answered(requests.slice(0, 2));

    await redis.kill();
    const killedAt = monotonicNow();
    await running.untilReadiness(503);
    expect(monotonicNow() - killedAt).toBeLessThan(3000);
    expect(await running.liveness()).toEqual([200, 200, 200]);
    expect(requests.map(({ isHeld }) => isHeld)).toEqual([false, false, true, true]);
    await redis.start();
    const startedAt = monotonicNow();
    await running.untilReadiness(200);

    await answered(requests);
    const [, , third, fourth] = await Promise.all(requests.map(({ answer }) => answer));
    // What was lost with the end of the file may have been a permit.
    expect((third?.at ?? NaN) - startedAt).toBeGreaterThanOrEqual(INTERVAL_MS);
    expect((third?.at ?? NaN) - startedAt).toBeLessThan(BACK_MS + INTERVAL_MS);
    const permits = (await sharedPermits(redis.client)).slice(-2);
    expect(permits.map(({ shard }) => shard)).toEqual([2, 3]);
    expect(gapsOf(permits)[0]).toBeGreaterThanOrEqual(INTERVAL_MS);
    expect((fourth?.at ?? NaN) - (third?.at ?? NaN)).toBeLessThan(2 * INTERVAL_MS);
  },
);

test('P1, P8: when Redis is flushed under load, limits are known again within seconds, and no permit is too early', async () => {
  const running = await Cluster.start(3, SETTINGS);
  cluster = running;
  const { redis } = running;
  const requests = await joined(running, [0, 1, 2, 3, 4, 5]);
  await requests[1]?.answer;
  const before = await flush(redis.client);
  const flushedAt = monotonicNow();

  await answered(requests);
  const after = await sharedPermits(redis.client);
  const permits = [...before, ...after];
  expect(permits.map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(Math.min(...gapsOf(permits))).toBeGreaterThanOrEqual(INTERVAL_MS);
  // A second until it is noticed, an interval until the first, and one before each other.
  const last = (await requests[5]?.answer)?.at ?? NaN;
  expect(last - flushedAt).toBeLessThan(1000 + INTERVAL_MS * 4 + BACK_MS);
});
