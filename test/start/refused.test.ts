import { once } from 'node:events';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { spawnService, type ServiceProcess } from '../support/service/service-process.ts';
import { startService } from '../support/service/service.ts';

const DATABASE = 'gateway-queue.db';
const PAGE_BYTES = 4096;

/** What an operator reads before giving up. */
const MAX_LINES = 8;

let service: ServiceProcess | undefined;
afterEach(async () => {
  service?.kill();
  await service?.exited;
  await removeDataDirs();
});

/** Expects that the service does not start, and says why in words alone; returns these. */
async function refusal(settings: Readonly<Record<string, string>>): Promise<string> {
  service = spawnService({ DATA_DIR: await makeDataDir(), ...settings });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  const traced = service
    .output()
    .split('\n')
    .filter((line) => /^\s+(\S*\s)?at /.test(line));
  expect(traced).toEqual([]);
  expect(service.words.length).toBeGreaterThan(0);
  expect(service.words.length).toBeLessThanOrEqual(MAX_LINES);
  expect(service.output()).not.toContain('Listening on');
  return service.words.join('\n');
}

/** A directory with a file that a service made. */
async function usedDataDir(): Promise<string> {
  const dataDir = await makeDataDir();
  const before = await startService({ DATA_DIR: dataDir });
  await before.stop();
  return dataDir;
}

test('DATA_DIR is a file', async () => {
  const file = join(await makeDataDir(), 'file');
  await writeFile(file, '');
  expect(await refusal({ DATA_DIR: file })).toMatch(`DATA_DIR ${file} cannot be used`);
});

test('DATA_DIR cannot be made', async () => {
  const file = join(await makeDataDir(), 'file');
  await writeFile(file, '');
  const below = join(file, 'below');
  expect(await refusal({ DATA_DIR: below })).toMatch(`DATA_DIR ${below} cannot be used`);
});

test('the state file is not a database', async () => {
  const dataDir = await makeDataDir();
  await writeFile(join(dataDir, DATABASE), 'no database'.repeat(1000));
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(`${join(dataDir, DATABASE)} cannot be used`);
});

test('the state file is a directory', async () => {
  const dataDir = await makeDataDir();
  await mkdir(join(dataDir, DATABASE));
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(`${join(dataDir, DATABASE)} cannot be used`);
});

test('the state file was truncated', async () => {
  const dataDir = await usedDataDir();
  const path = join(dataDir, DATABASE);
  await truncate(path, PAGE_BYTES);
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(`${path} cannot be used`);
});

test('the state file is damaged after its first page', async () => {
  const dataDir = await usedDataDir();
  const path = join(dataDir, DATABASE);
  const bytes = await readFile(path);
  await writeFile(path, bytes.fill(0x5a, PAGE_BYTES));
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(`${path} cannot be used`);
});

test('the state file is the database of another program', async () => {
  const own = new DatabaseSync(join(await usedDataDir(), DATABASE));
  const format = Number(own.prepare('PRAGMA user_version').get()?.['user_version']);
  own.close();
  const dataDir = await makeDataDir();
  const path = join(dataDir, DATABASE);
  const database = new DatabaseSync(path);
  database.exec(`CREATE TABLE songs (title TEXT); PRAGMA user_version = ${format}`);
  database.close();
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(`${path} cannot be used`);
});

test('the state file is of a newer version', async () => {
  const dataDir = await usedDataDir();
  const database = new DatabaseSync(join(dataDir, DATABASE));
  database.exec('PRAGMA user_version = 1000');
  database.close();
  expect(await refusal({ DATA_DIR: dataDir })).toMatch('was written by a newer gateway-queue');
});

test('the port is in use', async () => {
  const dataDir = await makeDataDir();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  try {
    expect(await refusal({ DATA_DIR: dataDir, PORT: port })).toBe(
      'PORT: another process listens there already; choose another port',
    );
  } finally {
    server.close();
  }
  // Nothing of it is left that would be in the way of the next.
  const next = await startService({ DATA_DIR: dataDir });
  await next.stop();
});

test('HOST is not an address of this machine', async () => {
  // 192.0.2.0/24 is for documentation alone (RFC 5737).
  expect(await refusal({ HOST: '192.0.2.7' })).toBe('HOST: this machine has no such address');
});

test('HOST is a name that does not resolve', async () => {
  // .invalid never resolves (RFC 6761).
  expect(await refusal({ HOST: 'queue.invalid' })).toMatch(/^HOST: /);
});

test('all bad settings are named at once, and no value is printed', async () => {
  const canary = 'canary7f3a';
  const words = await refusal({
    DISCORD_TOKEN: `${canary}\n${canary}`,
    PORT: `99${canary}`,
    IDENTIFY_INTERVAL_MS: canary,
    LOG_LEVEL: canary,
    BOTS_FILE: `/${canary}`,
  });
  const named = words.split('\n').map((line) => /^\s*([A-Z_]+):/.exec(line)?.[1]);
  expect(named.filter((name) => name !== undefined).toSorted()).toEqual([
    'BOTS_FILE',
    'DISCORD_TOKEN',
    'IDENTIFY_INTERVAL_MS',
    'LOG_LEVEL',
    'PORT',
  ]);
  expect(service?.output()).not.toContain(canary);
});

test('the file of a secret is missing', async () => {
  const words = await refusal({ DISCORD_TOKEN_FILE: join(await makeDataDir(), 'missing') });
  expect(words).toMatch('DISCORD_TOKEN_FILE: names a file that cannot be read (ENOENT)');
});
