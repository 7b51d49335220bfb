import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, takenIn } from '../support/http/held-request.ts';
import { logged } from '../support/service/log.ts';
import { observe, spawnService, type ServiceProcess } from '../support/service/service-process.ts';
import { storedRanks } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

let service: Service | undefined;
let bare: ServiceProcess | undefined;
afterEach(async () => {
  await service?.kill();
  bare?.kill();
  await bare?.exited;
  await removeDataDirs();
});

/** Signals within less than that are one to the service. */
const TOGETHER_MS = 500;

/** 128 and the signal's number, as shells report it. */
const CODES = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const;

test.each(CODES)('a second signal, %s, ends the process at once', async (second, code) => {
  const dataDir = await makeDataDir();
  service = await startService({
    DATA_DIR: dataDir,
    IDENTIFY_INTERVAL_MS: '3600000',
    // A process that did not mind the second signal would outlive this test.
    SHUTDOWN_DELAY_MS: '1800000',
    SHUTDOWN_TIMEOUT_MS: '3600000',
  });
  const held = [3, 1, 2].map((shard) => askFor(service?.url ?? '', shard));
  await takenIn(service.url, held);
  process.kill(service.pid, 'SIGTERM');
  await logged(service, 'Shutting down');
  // What comes together with the first is no second one: npm passes on what the terminal has sent already.
  process.kill(service.pid, 'SIGTERM');
  await sleep(TOGETHER_MS);
  expect(await service.stop(second)).toBe(code);
  await Promise.all(held.map(({ closed }) => closed));
  expect(held.filter(({ bytesReceived }) => bytesReceived > 0)).toEqual([]);
  expect((await storedRanks(dataDir)).map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3,
  ]);
});

test('a signal at the moment when the service listens ends it in good order', async () => {
  bare = spawnService({ DATA_DIR: await makeDataDir() });
  await logged(bare, 'Listening on');
  bare.child.kill('SIGTERM');
  expect(await bare.exited).toEqual({ code: 0, signal: null });
  expect(bare.words).toEqual([]);
});

test('a signal at any moment of the start ends the service, and the next start takes the state that is left', async () => {
  const dataDir = await makeDataDir();
  for (const afterMs of [0, 150, 300, 450, 600]) {
    bare = spawnService({ DATA_DIR: dataDir });
    await sleep(afterMs);
    bare.child.kill('SIGTERM');
    const { code, signal } = await bare.exited;
    expect(code ?? signal).toBeOneOf([0, 'SIGTERM']);
    expect(bare.words).toEqual([]);
  }
  service = await startService({ DATA_DIR: dataDir });
});

test('npm start passes SIGTERM on', async () => {
  const home = await makeDataDir();
  // Without the script before it, which would build.
  const child = spawn('npm', ['start', '--ignore-scripts'], {
    cwd: REPOSITORY,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_PRETTY: 'false',
      DATA_DIR: home,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  bare = observe(child);
  await logged(bare, 'Listening on');
  child.kill('SIGTERM');
  // It counts as ended when no process holds its output any more, the service included.
  await bare.exited;
  expect(bare.logs.at(-1)?.['msg']).toBe('Shut down');
});
