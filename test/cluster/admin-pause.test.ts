import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

import type { WaitersBody } from '../../apps/gateway-queue/src/admin/waiters/waiter.body.ts';
import { adminAt, adminsOf } from '../support/admin/admin-cluster.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { permitsBetween, stir, takePermits } from '../support/admin/permit-flow.ts';
import { Cluster } from '../support/cluster/cluster.ts';
import { gapsOf, sharedPermits } from '../support/cluster/shared-state.ts';
import type { HeldRequest } from '../support/http/held-request.ts';

const INTERVAL_MS = 100;

/** Whom a resume concerns is told of it. Who was not would ask again after a second. */
const AT_ONCE_MS = 500;

/** Until what the state says is what is, ms. */
const SEEN = { interval: 50, timeout: 10_000 };

const SHARDS = [...Array(60).keys()];

const INCIDENT = { reason: 'Discord has an incident' };
const OVER = 'reason=The+incident+is+over';

let cluster: Cluster | undefined;
let home: string | undefined;
afterEach(async () => {
  await cluster?.end();
  if (home !== undefined) await rm(home, { recursive: true, force: true });
});

/** Three replicas with two bots: the permits of `other` show that time goes on. */
async function started(maxConcurrency: number): Promise<Cluster> {
  home = await mkdtemp(join(tmpdir(), 'bots-'));
  const path = join(home, 'bots.json');
  await writeFile(path, JSON.stringify([{ id: 'default', maxConcurrency }, { id: 'other' }]));
  cluster = await Cluster.start(3, {
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    ADMIN_TOKENS,
    BOTS_FILE: path,
  });
  return cluster;
}

/** Asks for 60 shards at all replicas in turn, each once the one before has its rank. Until all have, no permit is given. */
async function joinInOrder(running: Cluster): Promise<HeldRequest[]> {
  const path = '/bots/default/pause';
  const joined: HeldRequest[] = [];
  expect((await adminAt(running, 1).put(path, { reason: 'Not yet' })).status).toBe(200);
  // In an order that no replica has to itself.
  for (const shard of SHARDS) {
    joined.push(await running.join((shard * 2 + (shard >> 3)) % 3, shard));
  }
  expect((await adminAt(running, 0).delete(path)).status).toBe(204);
  return joined;
}

async function allAnswered(requests: readonly HeldRequest[]): Promise<void> {
  for (const { answer } of requests) expect((await answer)?.status).toBe(200);
}

/** Now, by the clock that permits are given on, in ms. */
async function storeNow({ redis }: Cluster): Promise<number> {
  const [seconds, microseconds] = await redis.client.time();
  return Number(seconds) * 1000 + Number(microseconds) / 1000;
}

interface Scope {
  readonly what: string;
  readonly path: string;
  /** Of a pause that overlaps this one. */
  readonly overlapping: string;
  readonly bucket: number | null;
}

const BOT = '/bots/default/pause';

const SCOPES: readonly Scope[] = [
  { what: 'the bot', path: BOT, overlapping: '/bots/default/buckets/0/pause', bucket: null },
  { what: 'a bucket', path: '/bots/default/buckets/1/pause', overlapping: BOT, bucket: 1 },
];

test.each(SCOPES)(
  'P4, P7: a pause of $what put at one replica holds at all until another lifts it; then the line goes on in order',
  async ({ bucket, overlapping, path }) => {
    const buckets = bucket === null ? 1 : 4;
    const isConcerned = (shard: number): boolean => bucket === null || shard % buckets === bucket;
    const running = await started(buckets);
    const joined = await joinInOrder(running);
    await allAnswered(joined.slice(0, 4));

    const paused = await adminAt(running, 0).put(path, INCIDENT);
    expect(paused.status).toBe(200);
    const pausedAt = await storeNow(running);
    await allAnswered(joined.filter((_request, shard) => !isConcerned(shard)));
    await takePermits(running.replica(1).url, 'other', 20);
    for (const admin of adminsOf(running)) {
      await stir(admin, overlapping);
      expect(await admin.read('/pauses')).toMatchObject({
        items: [{ bot: 'default', ...INCIDENT, by: 'ada' }],
      });
      const waiting = joined.filter(({ isHeld }) => isHeld).length;
      const { items } = await admin.read<WaitersBody>('/bots/default/waiters?limit=1000');
      expect(items).toHaveLength(waiting);
      expect(new Set(items.map(({ replica }) => replica)).size).toBe(3);
      const found = {
        waiting,
        pauses: { [bucket ?? 'all']: { ...INCIDENT, by: 'ada', dormant: false } },
        buckets: { [bucket ?? 0]: { waiting, reason: 'paused' } },
      };
      await vi.waitFor(async () => {
        expect(await admin.read('/bots/default')).toMatchObject(found);
        expect(await admin.read('/state')).toMatchObject({ bots: { default: found } });
      }, SEEN);
    }
    const resumedAt = await storeNow(running);
    expect((await adminAt(running, 2).delete(`${path}?${OVER}`)).status).toBe(204);

    await allAnswered(joined);
    const permits = await sharedPermits(running.redis.client);
    expect(permits).toHaveLength(SHARDS.length);
    const concerned = permits.filter(({ shard }) => isConcerned(shard));
    expect(permitsBetween(concerned, pausedAt, resumedAt)).toEqual([]);
    const after = concerned.filter(({ givenAt }) => givenAt >= resumedAt);
    expect(after.length).toBeGreaterThan(1);
    expect(after.length).toBeLessThan(concerned.length);
    expect((after[0]?.givenAt ?? NaN) - resumedAt).toBeLessThan(AT_ONCE_MS);
    for (const [key, inBucket] of Map.groupBy(permits, ({ shard }) => shard % buckets)) {
      const inOrder = SHARDS.filter((shard) => shard % buckets === key);
      expect(inBucket.map(({ shard }) => shard)).toEqual(inOrder);
      expect(Math.min(...gapsOf(inBucket))).toBeGreaterThanOrEqual(INTERVAL_MS);
    }
  },
);
