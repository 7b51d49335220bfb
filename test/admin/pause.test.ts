import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { SnapshotBody } from '../../apps/gateway-queue/src/live/bodies/snapshot.body.ts';
import { AdminClient, type AdminAnswer } from '../support/admin/admin-client.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { permitsBetween, stir, takePermits } from '../support/admin/permit-flow.ts';
import { smallestGap, storedPermits, type StoredPermit } from '../support/state/stored-state.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, takenIn, type HeldRequest } from '../support/http/held-request.ts';
import { startService, type Service } from '../support/service/service.ts';

const INTERVAL_MS = 100;
const PACE = { IDENTIFY_INTERVAL_MS: String(INTERVAL_MS), IDENTIFY_MARGIN_MS: '0' };

/** Whom a resume concerns is told of it. Who was not would ask again after a second. */
const AT_ONCE_MS = 500;

/** Until what the state says is what is, ms. */
const SEEN = { interval: 50, timeout: 10_000 };

const SHARDS = [...Array(60).keys()];

const INCIDENT = { reason: 'Discord has an incident' };
const OVER = 'reason=The+incident+is+over';

let dataDir: string;
let service: Service;
let held: HeldRequest[];
beforeEach(async () => {
  dataDir = await makeDataDir();
  held = [];
});
afterEach(async () => {
  for (const request of held) request.hangUp();
  await service.kill();
  await removeDataDirs();
});

/** Starts the service with two bots: the permits of `other` show that time goes on. */
async function start(maxConcurrency?: number): Promise<AdminClient> {
  const path = join(dataDir, 'bots.json');
  await writeFile(path, JSON.stringify([{ id: 'default', maxConcurrency }, { id: 'other' }]));
  service = await startService({ ...PACE, ADMIN_TOKENS, DATA_DIR: dataDir, BOTS_FILE: path });
  return AdminClient.as('ada', service);
}

/** Asks for the shards, each once the one before is in its line. */
async function joinInOrder(shards: readonly number[]): Promise<HeldRequest[]> {
  const joined: HeldRequest[] = [];
  for (const shard of shards) {
    const request = askFor(service.url, shard);
    joined.push(request);
    held.push(request);
    await takenIn(service.url, [request]);
  }
  return joined;
}

async function allAnswered(requests: readonly HeldRequest[]): Promise<void> {
  for (const { answer } of requests) expect((await answer)?.status).toBe(200);
}

/** All permits of the bot `default`. Ends the service, whose file has them. */
async function permitsGiven(): Promise<StoredPermit[]> {
  expect(await service.stop()).toBe(0);
  return (await storedPermits(dataDir)).filter(({ bot }) => bot === 'default');
}

/** That none of these was given in the pause, and the first one after it was not late. */
function expectPaused(
  permits: readonly StoredPermit[],
  paused: AdminAnswer,
  resumed: AdminAnswer,
): void {
  expect([paused.status, resumed.status]).toEqual([200, 204]);
  expect(permitsBetween(permits, paused.at, resumed.askedAt)).toEqual([]);
  const before = permits.filter(({ givenAt }) => givenAt <= paused.at);
  const after = permits.filter(({ givenAt }) => givenAt >= resumed.askedAt);
  expect(before).not.toEqual([]);
  expect(after.length).toBeGreaterThan(1);
  expect((after[0]?.givenAt ?? NaN) - resumed.at).toBeLessThan(AT_ONCE_MS);
}

test('P4, P7: no permit is given from the pause of a bot to its resume; then the line goes on in order', async () => {
  const admin = await start();
  const joined = await joinInOrder(SHARDS);
  await allAnswered(joined.slice(0, 10));

  const paused = await admin.put('/bots/default/pause', INCIDENT);
  await takePermits(service.url, 'other', 20);
  await stir(admin, '/bots/default/buckets/0/pause');
  await vi.waitFor(async () => {
    const { bots } = await admin.read<SnapshotBody>('/state');
    expect(bots['default']).toMatchObject({
      waiting: joined.filter(({ isHeld }) => isHeld).length,
      pauses: { all: { ...INCIDENT, by: 'ada', dormant: false } },
      buckets: { 0: { reason: 'paused' } },
    });
  }, SEEN);
  const resumed = await admin.delete(`/bots/default/pause?${OVER}`);

  await allAnswered(joined);
  const permits = await permitsGiven();
  expectPaused(permits, paused, resumed);
  expect(permits.map(({ shard }) => shard)).toEqual(SHARDS);
  expect(smallestGap(permits)).toBeGreaterThanOrEqual(INTERVAL_MS);
});

test('P4, P7, P9: a paused bucket gives no permit, and the other buckets go on', async () => {
  const admin = await start(4);
  const joined = await joinInOrder(SHARDS);
  const inBucket = Map.groupBy(joined, (request) => joined.indexOf(request) % 4);
  const concerned = inBucket.get(1) ?? [];

  const paused = await admin.put('/bots/default/buckets/1/pause', INCIDENT);
  for (const bucket of [0, 2, 3]) await allAnswered(inBucket.get(bucket) ?? []);
  await takePermits(service.url, 'other', 10);
  await stir(admin, '/bots/default/pause');
  const resumed = await admin.delete(`/bots/default/buckets/1/pause?${OVER}`);

  await allAnswered(concerned);
  const ofBucket = Map.groupBy(await permitsGiven(), ({ bucket }) => bucket);
  expectPaused(ofBucket.get(1) ?? [], paused, resumed);
  for (const [bucket, permits] of ofBucket) {
    const shards = permits.map(({ shard }) => shard);
    expect(shards).toEqual(SHARDS.filter((shard) => shard % 4 === bucket));
    expect(smallestGap(permits)).toBeGreaterThanOrEqual(INTERVAL_MS);
  }
});

test('P7: a pause with a duration ends by itself when it is over, and at once', async () => {
  const admin = await start();
  const durationMs = 2000;
  const joined = await joinInOrder(SHARDS.slice(0, 20));
  const paused = await admin.put('/bots/default/pause', { ...INCIDENT, durationMs });
  expect(paused.status).toBe(200);
  await allAnswered(joined);
  expect((await admin.get('/bots/default/pause')).status).toBe(404);
  expect(await admin.read('/pauses')).toMatchObject({ items: [] });

  const permits = await permitsGiven();
  const end = paused.askedAt + durationMs;
  expect(permitsBetween(permits, paused.at, end)).toEqual([]);
  const next = permits.find(({ givenAt }) => givenAt >= end);
  expect((next?.givenAt ?? NaN) - (paused.at + durationMs)).toBeLessThan(AT_ONCE_MS);
});

test('P4, P7: a pause outlives a kill, and after the resume the line goes on in order', async () => {
  let admin = await start();
  await joinInOrder(SHARDS.slice(0, 20));
  const paused = await admin.put('/bots/default/pause', INCIDENT);
  const left = held.filter(({ isHeld }) => isHeld).map((request) => held.indexOf(request));
  await service.kill();

  admin = await start();
  expect(await admin.read('/pauses')).toMatchObject({
    items: [{ bot: 'default', ...INCIDENT, by: 'ada' }],
  });
  const again = await joinInOrder(left.toReversed());
  await takePermits(service.url, 'other', 10);
  const resumed = await admin.delete(`/bots/default/pause?${OVER}`);

  await allAnswered(again);
  const permits = await permitsGiven();
  expectPaused(permits, paused, resumed);
  // A shard that asks again has its earlier place.
  const after = permits.filter(({ givenAt }) => givenAt >= resumed.askedAt);
  expect(after.map(({ shard }) => shard)).toEqual(left);
});

test('P7: a pause of a bucket that no longer exists is dormant, holds again with the bucket, and can be lifted', async () => {
  const admin = await start();
  const override = async (maxConcurrency: number): Promise<void> => {
    const reason = `Discord says ${maxConcurrency}`;
    const { status } = await admin.put('/bots/default/limits/override', { maxConcurrency, reason });
    expect(status).toBe(200);
    await vi.waitFor(async () => {
      const { bots } = await admin.read<SnapshotBody>('/state');
      expect(bots['default']?.limits).toMatchObject({ maxConcurrency, source: 'override' });
    }, SEEN);
  };
  const dormant = async (): Promise<unknown> => {
    const { items } = await admin.read<{ items: { dormant: boolean }[] }>('/pauses?bot=default');
    return items.map((pause) => pause.dormant);
  };

  await override(4);
  expect((await admin.put('/bots/default/buckets/3/pause', INCIDENT)).status).toBe(200);
  expect(await dormant()).toEqual([false]);
  const [third] = await joinInOrder([3]);
  await takePermits(service.url, 'default', 3);
  expect(third?.isHeld).toBe(true);

  await override(2);
  expect(await dormant()).toEqual([true]);
  // Its shard is in another bucket now.
  await allAnswered(held);

  await override(4);
  expect(await dormant()).toEqual([false]);
  const [seventh] = await joinInOrder([7]);
  await takePermits(service.url, 'default', 3);
  await takePermits(service.url, 'other', 10);
  expect(seventh?.isHeld).toBe(true);

  await override(2);
  expect((await admin.delete(`/bots/default/buckets/3/pause?${OVER}`)).status).toBe(204);
  expect(await dormant()).toEqual([]);
  await override(4);
  await allAnswered(await joinInOrder([11]));
});

test('P7: pausing again replaces the pause, and resuming again changes nothing', async () => {
  const admin = await start();
  const pause = '/bots/default/pause';
  for (const _time of ['first', 'second']) {
    const { body, status } = await admin.put(pause, INCIDENT);
    expect({ body, status }).toMatchObject({ body: { ...INCIDENT, by: 'ada' }, status: 200 });
  }
  const [request] = await joinInOrder([0]);
  const kim = AdminClient.as('kim', service);
  const reason = 'It takes longer';
  expect((await kim.put(pause, { reason, durationMs: 3_600_000 })).status).toBe(200);
  expect(await admin.read(pause)).toMatchObject({ reason, by: 'kim', until: expect.anything() });
  expect(await admin.read('/pauses')).toMatchObject({ items: [{ bot: 'default', reason }] });
  expect((await AdminClient.as('eve', service).delete(`${pause}?${OVER}`)).status).toBe(403);
  await takePermits(service.url, 'other', 5);
  expect(request?.isHeld).toBe(true);

  for (const _time of ['first', 'second']) {
    expect((await admin.delete(`${pause}?${OVER}`)).status).toBe(204);
  }
  expect((await admin.get(pause)).status).toBe(404);
  await allAnswered(held);
});
