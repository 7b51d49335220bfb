import { afterEach, expect, test, vi } from 'vitest';

import type { WaitersBody } from '../../apps/gateway-queue/src/admin/waiters/waiter.body.ts';
import type { AdminClient } from '../support/admin/admin-client.ts';
import { adminAt, adminsOf } from '../support/admin/admin-cluster.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { Cluster } from '../support/cluster/cluster.ts';
import { problem, shown } from '../support/v1/expected.ts';
import { holdV1 } from '../support/v1/hold.ts';

/** Until what the state says is what is, ms. */
const SEEN = { interval: 50, timeout: 10_000 };

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

/** Three replicas that give no permit. */
async function paused(): Promise<Cluster> {
  cluster = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: '20', ADMIN_TOKENS });
  const { status } = await adminAt(cluster, 0).put('/bots/default/pause', {
    reason: 'An incident',
  });
  expect(status).toBe(200);
  return cluster;
}

/** The id of the only waiter of this shard, as this replica says. */
async function waiterOf(asked: AdminClient, shard: number): Promise<string> {
  return vi.waitFor(async () => {
    const { items } = await asked.read<WaitersBody>(`/bots/default/waiters?shard=${shard}`);
    expect(items).toHaveLength(1);
    return items[0]?.id ?? '';
  }, SEEN);
}

async function waitingShards(asked: AdminClient): Promise<(number | undefined)[]> {
  const { items } = await asked.read<WaitersBody>('/bots/default/waiters');
  return items.map(({ shard }) => shard);
}

test('P8: a waiter of one replica can be evicted at another: on / its connection is closed, on /v1 it gets an answer', async () => {
  const running = await paused();
  const admins = adminsOf(running);
  const stays = await running.join(1, 0);
  const evicted = await running.join(1, 1);
  const evictedV1 = await holdV1(running.replica(1), 'shard=2');
  for (const one of admins) {
    await vi.waitFor(async () => expect(await waitingShards(one)).toEqual([0, 1, 2]), SEEN);
  }
  const ids = await Promise.all([1, 2].map((shard) => waiterOf(adminAt(running, 2), shard)));
  for (const id of ids) {
    const path = `/bots/default/waiters/${encodeURIComponent(id)}`;
    const { status } = await adminAt(running, 0).delete(`${path}?reason=It+is+stuck`);
    expect(status).toBe(204);
  }

  expect(await evicted.answer).toBeUndefined();
  await evicted.closed;
  expect(evicted.bytesReceived).toBe(0);
  const answer = await evictedV1.answer();
  expect(shown(answer)).toMatchObject(problem(503, 'evicted'));
  for (const one of admins) {
    await vi.waitFor(async () => expect(await waitingShards(one)).toEqual([0]), SEEN);
  }
  expect(stays.isHeld).toBe(true);

  // No place was kept: who asks again is behind who stayed.
  const again = await running.join(2, 1);
  await vi.waitFor(
    async () => expect(await waitingShards(adminAt(running, 0))).toEqual([0, 1]),
    SEEN,
  );
  const resumed = await adminAt(running, 1).delete('/bots/default/pause?reason=It+is+over');
  expect(resumed.status).toBe(204);
  for (const request of [stays, again]) expect((await request.answer)?.status).toBe(200);

  for (const id of [...ids, 'nobody']) {
    const path = `/bots/default/waiters/${encodeURIComponent(id)}?reason=It+is+stuck`;
    expect((await adminAt(running, 0).delete(path)).status).toBe(404);
  }
});
