import { afterEach, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor } from '../support/http/held-request.ts';
import { spawnService, type ServiceProcess } from '../support/service/service-process.ts';
import { startService, type Service } from '../support/service/service.ts';

const PACE = { IDENTIFY_INTERVAL_MS: '20', IDENTIFY_MARGIN_MS: '0' };

let services: Service[] = [];
let bare: ServiceProcess | undefined;
afterEach(async () => {
  await Promise.all(services.map((service) => service.kill()));
  services = [];
  bare?.kill();
  await bare?.exited;
  await removeDataDirs();
});

async function start(dataDir: string): Promise<Service> {
  const service = await startService({ ...PACE, DATA_DIR: dataDir });
  services.push(service);
  return service;
}

test('a second process on the same DATA_DIR is refused with a reason, and the first goes on', async () => {
  const dataDir = await makeDataDir();
  const first = await start(dataDir);
  expect((await askFor(first.url, 0).answer)?.status).toBe(200);

  bare = spawnService({ ...PACE, DATA_DIR: dataDir });
  expect(await bare.exited).toEqual({ code: 1, signal: null });
  expect(bare.words).toEqual([
    `DATA_DIR ${dataDir} is in use by another gateway-queue process. Stop that one, or give this one a DATA_DIR of its own.`,
  ]);
  expect((await askFor(first.url, 0).answer)?.status).toBe(200);
  expect(await first.stop()).toBe(0);
});

test('after the first process was killed or has ended, a new one starts at once', async () => {
  const dataDir = await makeDataDir();
  const first = await start(dataDir);
  await first.kill();
  const second = await start(dataDir);
  expect((await askFor(second.url, 0).answer)?.status).toBe(200);
  expect(await second.stop()).toBe(0);
  const third = await start(dataDir);
  expect((await askFor(third.url, 0).answer)?.status).toBe(200);
});
