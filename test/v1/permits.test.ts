import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { storedPermits, storedBudget } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';
import { problem, shown } from '../support/v1/expected.ts';
import { idOf, V1Client } from '../support/v1/client.ts';
import { holdV1 } from '../support/v1/hold.ts';

const BUCKETS = 10;
const INTERVAL_MS = 300;
const MARGIN_MS = 2000;
const CONFIRM_TIMEOUT_MS = 1000;

/** How long a bucket stays closed after a permit that is never confirmed. */
const UNCONFIRMED_MS = INTERVAL_MS + MARGIN_MS;

let dataDir: string;
let service: Service;
let client: V1Client;
beforeEach(async () => {
  dataDir = await makeDataDir();
  await writeFile(botsFile(), JSON.stringify([{ id: 'default' }, { id: 'other' }]));
  service = await startService(settings());
  client = new V1Client(service.url);
});
afterEach(async () => {
  await service.kill();
  await removeDataDirs();
});

function botsFile(): string {
  return join(dataDir, 'bots.json');
}

function settings(): Readonly<Record<string, string>> {
  return {
    DATA_DIR: dataDir,
    BOTS_FILE: botsFile(),
    MAX_CONCURRENCY: String(BUCKETS),
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: String(MARGIN_MS),
    CONFIRM_TIMEOUT_MS: String(CONFIRM_TIMEOUT_MS),
  };
}

const UNKNOWN = problem(404, 'unknown-permit');

async function permitFor(shard: number, confirm: boolean): Promise<string> {
  const answer = await client.identify({ shard, confirm });
  expect(answer.status).toBe(200);
  return idOf(answer);
}

/** When the permits of the bucket were given, once the service has ended. */
async function timesOf(bucket: number): Promise<number[]> {
  const permits = await storedPermits(dataDir);
  return permits.filter((permit) => permit.bucket === bucket).map(({ givenAt }) => givenAt);
}

test('P2: the bucket opens one plain interval after a confirmation, else after the confirm timeout, interval and margin', async () => {
  const [confirmed, silent, plain] = await Promise.all([
    permitFor(1, true),
    permitFor(2, true),
    permitFor(3, false),
  ]);
  const next = [1, 2, 3].map((bucket) => client.identify({ shard: bucket + BUCKETS }));
  const confirmedFrom = monotonicNow();
  expect((await client.confirm(confirmed)).status).toBe(204);
  const confirmedTo = monotonicNow();
  expect((await client.confirm(confirmed)).status).toBe(204);
  for (const answer of await Promise.all(next)) expect(answer.status).toBe(200);

  // Too late: another shard may have identified since.
  expect(shown(await client.confirm(silent))).toEqual(UNKNOWN);
  expect(shown(await client.confirm(plain))).toEqual(UNKNOWN);
  await service.kill();
  const [, afterConfirmed = 0] = await timesOf(1);
  expect(afterConfirmed - confirmedFrom).toBeGreaterThanOrEqual(INTERVAL_MS);
  // Not after the margin as well, and not after a second interval from the second confirmation.
  expect(afterConfirmed - confirmedTo).toBeLessThan(UNCONFIRMED_MS);
  const [givenSilent = 0, afterSilent = 0] = await timesOf(2);
  expect(afterSilent - givenSilent).toBeGreaterThanOrEqual(CONFIRM_TIMEOUT_MS + UNCONFIRMED_MS);
  const [givenPlain = 0, afterPlain = 0] = await timesOf(3);
  expect(afterPlain - givenPlain).toBeGreaterThanOrEqual(UNCONFIRMED_MS);
  expect(afterPlain).toBeLessThan(afterSilent);
});

test('a released permit opens its bucket at once and costs no session start, however often it is released', async () => {
  const id = await permitFor(1, true);
  const next = client.identify({ shard: 1 + BUCKETS });
  const releasedAt = monotonicNow();
  expect((await client.release(id)).status).toBe(204);
  const answer = await next;
  expect(answer.status).toBe(200);
  expect(answer.at - releasedAt).toBeLessThan(UNCONFIRMED_MS);
  expect((await client.release(id)).status).toBe(204);
  // It is not to be had any more, nor does its shard's word count for the one who has it now.
  expect(shown(await client.confirm(id))).toEqual(UNKNOWN);
  await service.kill();
  expect((await storedPermits(dataDir)).map(({ shard }) => shard)).toEqual([1 + BUCKETS]);
});

test('P6 the turn of a released permit goes to the request of the same shard that waits by then', async () => {
  const id = await permitFor(1, true);
  const waiting = [];
  for (const shard of [1 + BUCKETS, 1 + 2 * BUCKETS, 1]) {
    waiting.push(await holdV1(service, `shard=${shard}`));
  }
  expect((await client.release(id)).status).toBe(204);
  for (const connection of waiting) expect((await connection.answer()).status).toBe(200);
  await service.kill();
  const shards = (await storedPermits(dataDir)).map(({ shard }) => shard);
  expect(shards).toEqual([1, 1 + BUCKETS, 1 + 2 * BUCKETS]);
});

test('a confirmed permit is used, and cannot be released', async () => {
  const id = await permitFor(1, true);
  expect((await client.confirm(id)).status).toBe(204);
  expect(shown(await client.release(id))).toEqual(UNKNOWN);
  expect((await client.confirm(id)).status).toBe(204);
});

test('an id is taken plain or percent-encoded; an unknown, foreign or garbled id is not found', async () => {
  const id = await permitFor(1, true);
  const uuid = id.slice(id.indexOf(':') + 1);
  const wrong = [
    `default:${randomUUID()}`,
    `other:${uuid}`,
    `nobody:${uuid}`,
    `:${uuid}`,
    uuid,
    `default:${uuid.toUpperCase()}`,
    `default:${uuid}x`,
    `default:default:${uuid}`,
    'default:',
    ':',
    '%20',
    '%00',
    '__proto__',
    "' OR 1=1 --",
    'x'.repeat(90),
  ];
  for (const text of wrong) {
    const path = text.startsWith('%') ? text : encodeURIComponent(text);
    expect([text, shown(await client.confirm(path))]).toEqual([text, UNKNOWN]);
    expect([text, shown(await client.release(path))]).toEqual([text, UNKNOWN]);
  }
  for (const path of ['%zz', '%ff', 'x'.repeat(5000)]) {
    expect([path, shown(await client.confirm(path))]).toMatchObject([path, { status: 404 }]);
  }
  // Nothing of that has touched it.
  expect((await client.confirm(encodeURIComponent(id))).status).toBe(204);
  await service.kill();
  expect(await storedBudget(dataDir)).toMatchObject({ remaining: 999 });
});

test('confirmation and release are known after a kill', async () => {
  const LONG = { CONFIRM_TIMEOUT_MS: '3600000' };
  await service.kill();
  service = await startService({ ...settings(), ...LONG });
  client = new V1Client(service.url);
  const used = await permitFor(1, true);
  const unused = await permitFor(2, true);
  const pending = await permitFor(3, true);
  expect((await client.confirm(used)).status).toBe(204);
  expect((await client.release(unused)).status).toBe(204);
  await service.kill();
  service = await startService({ ...settings(), ...LONG });
  client = new V1Client(service.url);
  expect((await client.confirm(used)).status).toBe(204);
  expect((await client.release(unused)).status).toBe(204);
  expect((await client.confirm(pending)).status).toBe(204);
});
