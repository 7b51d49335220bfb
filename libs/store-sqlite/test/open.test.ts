import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@gateway-queue/operator-records';
import { DataDirError } from '../src/index.ts';
import { FORMAT } from '../src/schema.ts';
import { record } from '../../operator-records/testing/contract/samples.ts';
import { openStore } from './open-store.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function open(dir = dataDir): Store {
  return openStore(dir, new FakeClock());
}

async function refusal(dir = dataDir): Promise<Error> {
  let store: Store;
  try {
    store = open(dir);
  } catch (error) {
    if (error instanceof DataDirError) return error;
    throw error;
  }
  await store.close();
  throw new Error('it was not refused');
}

test('makes the directory and the files, readable by their owner alone', async () => {
  const dir = join(dataDir, 'a', 'b');
  const store = open(dir);
  await store.records.audit.append(record());
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  const modes = readdirSync(dir).map((name) => [name, statSync(join(dir, name)).mode & 0o777]);
  expect(Object.fromEntries(modes)).toEqual({
    'gateway-queue.db': 0o600,
    'gateway-queue.db-wal': 0o600,
  });
  await store.close();
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
  writeFileSync(
    join(dataDir, 'gateway-queue.db'),
    'this is no database, and long enough to be looked at'.repeat(99),
  );
  expect((await refusal()).message).toMatch(/gateway-queue\.db cannot be used: .*move it away/);
});

test.each([
  {
    format: FORMAT.version + 1,
    age: 'a newer',
    advice: 'Run that version, or give this one a DATA_DIR of its own.',
  },
  {
    format: FORMAT.version - 1,
    age: 'an older',
    advice: 'But with the file go the pauses, the places in line, the count of the session starts',
  },
])('refuses a file that $age version wrote, and leaves it as it was', async (other) => {
  const path = join(dataDir, 'gateway-queue.db');
  const written = new DatabaseSync(path);
  written.exec(`PRAGMA user_version = ${other.format}`);
  written.close();
  const { message } = await refusal();
  expect(message).toContain(
    `${path} was written by ${other.age} gateway-queue (format ${other.format}; this one reads ${FORMAT.version} alone). `,
  );
  expect(message).toContain(other.advice);
  const after = new DatabaseSync(path);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: other.format });
  after.close();
});
