import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { openLocalRecords, RecordsFileError } from '@gateway-queue/store-sqlite';
import { type OperatorRecords } from '@gateway-queue/operator-records';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../src/records/schema.ts';
import {
  ANA,
  BOT,
  hash,
  LIMITS,
  record,
} from '../../../operator-records/testing/contract/samples.ts';

const HOUR_MS = 3_600_000;

let dataDir: string;
let clock: FakeClock;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'operator-records-'));
  clock = new FakeClock();
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function open(dir = dataDir): OperatorRecords {
  return openLocalRecords({ clock, dataDir: dir });
}

async function refusal(dir = dataDir): Promise<RecordsFileError> {
  let opened: OperatorRecords;
  try {
    opened = open(dir);
  } catch (error) {
    if (error instanceof RecordsFileError) return error;
    throw error;
  }
  await opened.close();
  throw new Error('it was not refused');
}

test('makes the directory and the files, for their owner alone', async () => {
  const dir = join(dataDir, 'a', 'b');
  const records = open(dir);
  await records.audit.append(record());
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  const modes = readdirSync(dir).map((name) => [name, statSync(join(dir, name)).mode & 0o777]);
  expect(Object.fromEntries(modes)).toEqual({
    'operators.db': 0o600,
    'operators.db-wal': 0o600,
  });
  await records.close();
});

test('refuses a directory that is in use, and takes it once it is free', async () => {
  const first = open();
  expect((await refusal()).message).toBe(
    `DATA_DIR ${dataDir} is in use by another gateway-queue process. ` +
      'Stop that one, or give this one a DATA_DIR of its own.',
  );
  await first.close();
  await open().close();
});

test('refuses a file where the directory should be', async () => {
  const path = join(dataDir, 'file');
  writeFileSync(path, '');
  expect((await refusal(path)).message).toMatch(/DATA_DIR .* cannot be used: EEXIST/);
});

test('refuses a damaged file and says what to do with it', async () => {
  const path = join(dataDir, 'operators.db');
  writeFileSync(path, 'this is no database, and long enough to be looked at'.repeat(99));
  expect((await refusal()).message).toMatch(/operators\.db cannot be used: .*move it away/);
});

test('refuses a file of another version, and leaves it as it was', async () => {
  const path = join(dataDir, 'operators.db');
  const format = SCHEMA_VERSION + 1;
  const written = new DatabaseSync(path);
  written.exec(`PRAGMA user_version = ${format}`);
  written.close();
  expect((await refusal()).message).toBe(
    `${path} was written by another version of gateway-queue (format ${format}; this one reads ${SCHEMA_VERSION} ` +
      'alone). Run that version, or move the file away: a new one is made. But with the file go the audit log, the ' +
      'sessions of the operators, and the overrides of limits.',
  );
  const after = new DatabaseSync(path);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: format });
  after.close();
});

test('with a new file ids and versions are new too', async () => {
  const before = open();
  const entry = await before.audit.append(record());
  const override = await before.overrides.set(BOT, LIMITS);
  await before.close();
  rmSync(join(dataDir, 'operators.db'));
  await clock.advance(1);
  const after = open();
  expect((await after.audit.append(record())).id).toBeGreaterThan(entry.id);
  const again = await after.overrides.set(BOT, LIMITS);
  expect(again?.version).toBeGreaterThan(override?.version ?? Infinity);
  await after.close();
});

test('P10 a session that has expired is no longer in the file once another begins, or after a restart', async () => {
  let records = open();
  await records.sessions.begin(hash(1), ANA, HOUR_MS);
  await clock.advance(HOUR_MS);
  await records.sessions.begin(hash(2), ANA, HOUR_MS);
  await records.close();
  expect(hashesInFile()).toEqual([hash(2)]);
  await clock.advance(HOUR_MS);
  records = open();
  await records.close();
  expect(hashesInFile()).toEqual([]);
});

test('what is asked after the end rejects, and a second end does nothing', async () => {
  const records = open();
  await records.close();
  await records.close();
  await expect(records.audit.append(record())).rejects.toThrow('database is not open');
  await expect(records.sessions.find(hash(1))).rejects.toThrow('statement has been finalized');
});

function hashesInFile(): unknown[] {
  const database = new DatabaseSync(join(dataDir, 'operators.db'));
  const rows = database.prepare('SELECT secret_hash FROM sessions').all();
  database.close();
  return rows.map((row) => row['secret_hash']);
}
