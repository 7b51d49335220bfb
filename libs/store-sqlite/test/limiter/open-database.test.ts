import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirError, LocalState } from '../../src/index.ts';
import { SCHEMA_VERSION } from '../../src/limiter/schema.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function open(dir = dataDir): LocalState {
  return LocalState.open({
    dataDir: dir,
    clock: new FakeClock(),
    rules: {
      intervalMs: 5000,
      marginMs: 250,
      confirmTimeoutMs: 10_000,
      reserveOf: () => 10,
      crashLoop: { burst: 5, windowMs: 900_000, below: 0.5 },
    },
    placeTtlMs: 90_000,
    maxPlaces: 100,
  });
}

function refusal(dir = dataDir): Error {
  try {
    open(dir).close();
  } catch (error) {
    if (error instanceof DataDirError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('makes the directory, readable by its owner alone', () => {
  const dir = join(dataDir, 'a', 'b');
  open(dir).close();
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('refuses a directory that is in use, and takes it once it is free', () => {
  const first = open();
  expect(refusal().message).toBe(
    `DATA_DIR ${dataDir} is in use by another gateway-queue process. ` +
      'Stop that one, or give this one a DATA_DIR of its own.',
  );
  first.close();
  open().close();
});

test('refuses a file where the directory should be', () => {
  const path = join(dataDir, 'file');
  writeFileSync(path, '');
  expect(refusal(path).message).toMatch(/DATA_DIR .* cannot be used: EEXIST/);
});

test('refuses a damaged file and says what to do with it', () => {
  writeFileSync(
    join(dataDir, 'gateway-queue.db'),
    'this is no database, and long enough to be looked at'.repeat(99),
  );
  expect(refusal().message).toMatch(/gateway-queue\.db cannot be used: .*move it away/);
});

test.each([
  {
    format: SCHEMA_VERSION + 1,
    age: 'a newer',
    advice: 'Run that version, or give this one a DATA_DIR of its own.',
  },
  {
    format: SCHEMA_VERSION - 1,
    age: 'an older',
    advice: 'But with the file go the pauses, the places in line, and',
  },
])('refuses a file that $age version wrote, and leaves it as it was', (other) => {
  const path = join(dataDir, 'gateway-queue.db');
  const written = new DatabaseSync(path);
  written.exec(`PRAGMA user_version = ${other.format}`);
  written.close();
  const { message } = refusal();
  expect(message).toContain(
    `${path} was written by ${other.age} gateway-queue (format ${other.format}; this one reads ${SCHEMA_VERSION} alone). `,
  );
  expect(message).toContain(other.advice);
  const after = new DatabaseSync(path);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: other.format });
  after.close();
});
