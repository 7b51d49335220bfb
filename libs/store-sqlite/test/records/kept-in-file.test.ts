import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import type { Store } from '@gateway-queue/operator-records';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BOT, hash, LIMITS, record } from '@gateway-queue/operator-records/testing';
import { openStore } from '../open-store.ts';

const HOUR_MS = 3_600_000;

let dataDir: string;
let clock: FakeClock;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
  clock = new FakeClock();
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function open(): Store {
  return openStore(dataDir, clock);
}

test('with a new file ids and versions are new too', async () => {
  const before = open();
  const entry = await before.records.audit.append(record());
  const override = await before.records.overrides.set(BOT, LIMITS);
  await before.close();
  rmSync(join(dataDir, 'gateway-queue.db'));
  await clock.advance(1);
  const after = open();
  expect((await after.records.audit.append(record())).id).toBeGreaterThan(entry.id);
  const again = await after.records.overrides.set(BOT, LIMITS);
  expect(again?.version).toBeGreaterThan(override?.version ?? Infinity);
  await after.close();
});

test('P10 a session that has expired is no longer in the file once another begins, or after a restart', async () => {
  let store = open();
  await store.records.sessions.begin(hash(1), ANA, HOUR_MS);
  await clock.advance(HOUR_MS);
  await store.records.sessions.begin(hash(2), ANA, HOUR_MS);
  await store.close();
  expect(hashesInFile()).toEqual([hash(2)]);
  await clock.advance(HOUR_MS);
  store = open();
  await store.close();
  expect(hashesInFile()).toEqual([]);
});

test('what is asked after the end rejects, and a second end does nothing', async () => {
  const store = open();
  const { records } = store;
  await store.close();
  await store.close();
  await expect(records.audit.append(record())).rejects.toThrow('database is not open');
  await expect(records.sessions.find(hash(1))).rejects.toThrow('statement has been finalized');
});

function hashesInFile(): unknown[] {
  const database = new DatabaseSync(join(dataDir, 'gateway-queue.db'));
  const rows = database.prepare('SELECT secret_hash FROM sessions').all();
  database.close();
  return rows.map((row) => row['secret_hash']);
}
