import { afterEach, expect, test } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, sharedPermits } from '../support/cluster/shared-state.ts';
import { monotonicNow } from '../support/discord/index.ts';

const INTERVAL_MS = 500;

/** For a process that is not given the machine at once. */
const SLACK_MS = 250;

interface Permit {
  readonly id: string;
  readonly shard: number;
}

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

async function started(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  cluster = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS), ...settings });
  return cluster;
}

async function identify(running: Cluster, index: number, shard: number): Promise<Permit> {
  const response = await fetch(
    `${running.replica(index).url}/v1/identify?shard=${shard}&confirm=true`,
    { method: 'POST' },
  );
  expect(response.status).toBe(200);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service's own answer
  return (await response.json()) as Permit;
}

async function confirm(running: Cluster, index: number, { id }: Permit): Promise<number> {
  const url = `${running.replica(index).url}/v1/permits/${id}/confirm`;
  return (await fetch(url, { method: 'POST' })).status;
}

async function release(running: Cluster, index: number, { id }: Permit): Promise<number> {
  const url = `${running.replica(index).url}/v1/permits/${id}`;
  return (await fetch(url, { method: 'DELETE' })).status;
}

test('P2: a permit of one replica can be confirmed at another; a third gives the next one a plain interval later', async () => {
  const running = await started();
  const first = await identify(running, 0, 0);
  const next = identify(running, 2, 1);
  expect(await confirm(running, 1, first)).toBe(204);
  const confirmedAt = monotonicNow();
  await next;
  expect(monotonicNow() - confirmedAt).toBeGreaterThan(INTERVAL_MS - SLACK_MS);
  expect(monotonicNow() - confirmedAt).toBeLessThan(INTERVAL_MS + SLACK_MS);
  const permits = await sharedPermits(running.redis.client);
  expect(permits.map(({ shard }) => shard)).toEqual([0, 1]);
  expect(gapsOf(permits)[0]).toBeGreaterThanOrEqual(INTERVAL_MS);
  // Confirmed once is confirmed, wherever that is said again.
  expect(await confirm(running, 2, first)).toBe(204);
});

test('a permit of one replica can be released at another; a waiter of a third gets it at once', async () => {
  const running = await started({ CONFIRM_TIMEOUT_MS: '60000' });
  const first = await identify(running, 0, 0);
  const next = identify(running, 2, 1);
  expect(await release(running, 1, first)).toBe(204);
  const releasedAt = monotonicNow();
  expect((await next).shard).toBe(1);
  expect(monotonicNow() - releasedAt).toBeLessThan(INTERVAL_MS);
  expect(await confirm(running, 1, first)).toBe(404);
});
