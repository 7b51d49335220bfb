import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, sharedPermits } from '../support/cluster/shared-state.ts';
import { monotonicNow } from '../support/discord/index.ts';
import type { HeldRequest } from '../support/http/held-request.ts';

const INTERVAL_MS = 300;

/** How late a permit may reach its shard, in ms: past it, it is released. */
const MAX_ANSWER_AGE_MS = 250;

let cluster: Cluster | undefined;
afterEach(async () => {
  cluster?.redis.signal('SIGCONT');
  await cluster?.end();
});

async function started(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  cluster = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS), ...settings });
  return cluster;
}

test('P1, P4, P8: while Redis freezes for 2 s all requests stay held, and no permit reaches its shard late', async () => {
  const running = await started();
  const { redis } = running;
  const requests: HeldRequest[] = [];
  for (let shard = 0; shard < 9; shard += 1) requests.push(await running.join(shard % 3, shard));
  await requests[1]?.answer;
  redis.signal('SIGSTOP');
  const frozenAt = monotonicNow();
  await sleep(2000);
  expect(await running.liveness()).toEqual([200, 200, 200]);
  expect(await running.readiness()).toEqual([503, 503, 503]);
  redis.signal('SIGCONT');
  const thawedAt = monotonicNow();
  await running.untilReadiness(200);

  const answers = await Promise.all(requests.map(({ answer }) => answer));
  expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => 200));
  for (const answer of answers) {
    const at = answer?.at ?? NaN;
    expect(at < frozenAt + MAX_ANSWER_AGE_MS || at > thawedAt).toBe(true);
  }
  const permits = await sharedPermits(redis.client);
  // One whose permit came too late releases it, and may be passed by the next before it asks again.
  const shards = permits.map(({ shard }) => shard);
  expect(shards.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(Math.max(...shards.map((shard, place) => Math.abs(shard - place)))).toBeLessThanOrEqual(1);
  expect(Math.min(...gapsOf(permits))).toBeGreaterThanOrEqual(INTERVAL_MS);
  const offset = await clockOffset(running);
  for (const { shard, givenAt } of permits) {
    expect((answers[shard]?.at ?? NaN) - givenAt - offset).toBeLessThan(MAX_ANSWER_AGE_MS + 50);
  }
});

test('replicas shut down in good order while Redis is frozen', async () => {
  const timeoutMs = 10_000;
  const running = await started({ SHUTDOWN_TIMEOUT_MS: String(timeoutMs) });
  const held = [];
  for (const shard of [0, 1, 2, 3, 4, 5]) held.push(await running.join(shard % 3, shard));
  running.redis.signal('SIGSTOP');
  const signalledAt = monotonicNow();
  expect(await Promise.all(running.replicas.map((replica) => replica.stop()))).toEqual([0, 0, 0]);
  expect(monotonicNow() - signalledAt).toBeLessThan(timeoutMs);
  await Promise.all(held.map(({ closed }) => closed));
});

/** What to add to a moment of the server's clock for the same one on the monotonic line. */
async function clockOffset({ redis }: Cluster): Promise<number> {
  const [seconds = NaN, microseconds = NaN] = await redis.client.time();
  return monotonicNow() - seconds * 1000 - microseconds / 1000;
}
