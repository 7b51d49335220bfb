import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { SnapshotBody } from '../../apps/gateway-queue/src/live/bodies/snapshot.body.ts';
import type {
  EventReader,
  ReadEvent,
} from '../../apps/gateway-queue/src/live/testing/event-reader.ts';
import { AdminClient } from '../support/admin/admin-client.ts';
import { openEvents, stateAfter } from '../support/admin/followed-state.ts';
import { logIn } from '../support/admin/log-in.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, type HeldRequest } from '../support/http/held-request.ts';
import { logged } from '../support/service/log.ts';
import { startService, type Service } from '../support/service/service.ts';

const PACE = { IDENTIFY_INTERVAL_MS: '50', IDENTIFY_MARGIN_MS: '0' };

/** The service reads the state once a second: after this time, in ms, a change has been read. */
const SEEN = { interval: 50, timeout: 10_000 };

/** What a shutdown may take that waits for no client, ms. */
const QUICK_MS = 2000;

let dataDir: string;
let service: Service;
let held: HeldRequest[];
let readers: EventReader[];
beforeEach(async () => {
  dataDir = await makeDataDir();
  held = [];
  readers = [];
});
afterEach(async () => {
  for (const request of held) request.hangUp();
  for (const reader of readers) reader.hangUp();
  await service.kill();
  await removeDataDirs();
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<AdminClient> {
  service = await startService({ ...PACE, ADMIN_TOKENS, DATA_DIR: dataDir, ...settings });
  return AdminClient.as('ada', service);
}

async function follow(
  lastEventId?: string,
  credentials?: Readonly<Record<string, string>>,
): Promise<EventReader> {
  const reader = await openEvents(service, lastEventId, credentials);
  readers.push(reader);
  return reader;
}

function ask(shards: readonly number[]): HeldRequest[] {
  const asked = shards.map((shard) => askFor(service.url, shard));
  held.push(...asked);
  return asked;
}

/** Resolves once `state` answers what `follows` made of the events, with this in it. */
async function inStep(admin: AdminClient, state: () => unknown, found: object): Promise<void> {
  await vi.waitFor(async () => {
    const answered = await admin.read<SnapshotBody>('/state');
    expect(answered).toMatchObject(found);
    expect(state()).toEqual(answered);
  }, SEEN);
}

function ofDefault(bot: object): object {
  return { bots: { default: bot } };
}

/** As their ids count. */
function versionsOf(events: readonly ReadEvent[]): number[] {
  return events.filter(({ id }) => id !== undefined).map(({ id }) => Number(id?.split('-')[1]));
}

test('a snapshot with the changes applied equals the state that the API shows, while shards join, leave and are served', async () => {
  const admin = await start();
  expect((await admin.put('/bots/default/pause', { reason: 'An incident' })).status).toBe(200);
  const reader = await follow();
  const followed = (): unknown => stateAfter(reader.events);
  await reader.read('snapshot', 1);
  await inStep(admin, followed, ofDefault({ waiting: 0, pauses: { all: { by: 'ada' } } }));

  const asked = ask([0, 1, 2, 3, 4]);
  await inStep(admin, followed, ofDefault({ waiting: 5, buckets: { 0: { waiting: 5 } } }));
  asked[0]?.hangUp();
  asked[3]?.hangUp();
  await inStep(admin, followed, ofDefault({ waiting: 3, buckets: { 0: { head: { shard: 1 } } } }));
  expect((await admin.delete('/bots/default/pause?reason=It+is+over')).status).toBe(204);
  await inStep(admin, followed, ofDefault({ waiting: 0, pauses: {}, permitsPerMinute: 3 }));

  expect(reader.events.filter(({ event }) => event === 'snapshot')).toHaveLength(1);
  const versions = versionsOf(reader.events);
  expect(versions).toEqual(versions.map((_version, index) => (versions[0] ?? NaN) + index));
});

test('a reader that reconnects is sent the events that it missed, and no others', async () => {
  const admin = await start();
  const stays = await follow();
  const leaves = await follow();
  await stays.read('change', 1);
  const [snapshot] = await leaves.read('snapshot', 1);
  await leaves.read('change', 1);
  leaves.hangUp();
  await leaves.over;
  const read = leaves.events.filter(({ id }) => id !== undefined);
  const last = read.at(-1);
  ask([0]);
  await stays.read('change', read.length + 2);

  const back = await follow(last?.id);
  await back.read('change', 3);
  expect(back.events.some(({ event }) => event === 'snapshot')).toBe(false);
  const versions = versionsOf([...read, ...back.events]);
  expect(versions).toEqual(versions.map((_version, index) => (versions[0] ?? NaN) + index));
  const before = stateAfter(read);
  expect(snapshot).toBe(read[0]);
  await inStep(admin, () => stateAfter(back.events, before), { limiter: { available: true } });
});

test('after a kill and a restart each reader begins with a snapshot, whatever event it read last', async () => {
  await start();
  const reader = await follow();
  const [change] = await reader.read('change', 1);
  await service.kill();
  await reader.over;

  const admin = await start();
  const back = await follow(change?.id);
  await back.read('change', 1);
  const first = back.events.find(({ id }) => id !== undefined);
  expect(first?.event).toBe('snapshot');
  expect(first?.id?.split('-')[0]).not.toBe(change?.id?.split('-')[0]);
  await inStep(admin, () => stateAfter(back.events), { bots: { default: { waiting: 0 } } });
});

test('the stream of a session ends when the session expires; the stream of a token goes on', async () => {
  const ttlMs = 2500;
  await start({ SESSION_TTL_MS: String(ttlMs) });
  const byToken = await follow();
  const beforeLogin = monotonicNow();
  const session = await logIn('eve', service);
  const bySession = await follow(undefined, session.credentials);
  await bySession.read('snapshot', 1);
  await bySession.over;
  expect(monotonicNow() - beforeLogin).toBeGreaterThan(ttlMs);
  expect((await session.client.get('/session')).status).toBe(401);
  const changes = byToken.events.filter(({ event }) => event === 'change').length;
  await byToken.read('change', changes + 1);
});

test('P10: a client that does not read its stream is dropped with its unread events; other streams go on', async () => {
  // Far more than the operating system buffers for a client that does not read.
  const bots = Array.from({ length: 100 }, (_none, index) => ({
    id: `bot-${index}`,
    maxConcurrency: 4000,
  }));
  const path = join(dataDir, 'bots.json');
  await writeFile(path, JSON.stringify(bots));
  await start({ BOTS_FILE: path, LOG_LEVEL: 'debug' });
  const reads = await follow();
  const stalled = await follow();
  stalled.answer.pause();
  await logged(service, 'A reader of events was dropped');

  stalled.answer.resume();
  await stalled.over;
  expect(stalled.events.some(({ event }) => event === 'snapshot')).toBe(false);
  await reads.read('snapshot', 1);
  const changes = reads.events.filter(({ event }) => event === 'change').length;
  await reads.read('change', changes + 1);
});

test('streams do not delay a shutdown, whether their clients read them or not', async () => {
  await start();
  const following = await Promise.all(Array.from({ length: 20 }, () => follow()));
  for (const reader of following.slice(10)) reader.answer.pause();
  const session = await logIn('eve', service);
  await follow(undefined, session.credentials);
  await following[0]?.read('change', 1);

  const askedAt = monotonicNow();
  expect(await service.stop()).toBe(0);
  expect(monotonicNow() - askedAt).toBeLessThan(QUICK_MS);
  for (const reader of readers) reader.answer.resume();
  await Promise.all(readers.map(({ over }) => over));
});
