import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, takenIn } from '../support/http/held-request.ts';
import { logged } from '../support/service/log.ts';
import { storedPermits, storedBudget } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const PACE = { IDENTIFY_INTERVAL_MS: '20', IDENTIFY_MARGIN_MS: '0', SESSION_RESERVE: '0' };

let service: Service | undefined;
let discord: FakeDiscord | undefined;
afterEach(async () => {
  await service?.kill();
  await discord?.close();
  await removeDataDirs();
});

test('P3: session starts that a killed service spent stay spent, also while Discord does not answer', async () => {
  discord = await startFakeDiscord({
    bots: [{ token: 'fake-token', total: 1000, remaining: 5, maxConcurrency: 2 }],
  });
  const dataDir = await makeDataDir();
  const settings = {
    ...PACE,
    DATA_DIR: dataDir,
    DISCORD_TOKEN: 'fake-token',
    DISCORD_API_URL: discord.url,
    LOG_LEVEL: 'debug',
  };
  service = await startService(settings);
  for (const shard of [0, 1, 2]) {
    expect((await askFor(service.url, shard).answer)?.status).toBe(200);
  }
  await service.kill();
  expect(await storedBudget(dataDir)).toMatchObject({ remaining: 2 });

  discord.setRest({ kind: 'server-error', status: 503 });
  service = await startService(settings);
  for (const shard of [3, 4]) {
    expect((await askFor(service.url, shard).answer)?.status).toBe(200);
  }
  // In either bucket there is nothing left, for as long as Discord needs to fail three times.
  const held = [askFor(service.url, 5), askFor(service.url, 6)];
  await takenIn(service.url, held);
  await logged(service, 'Next try in', 3);
  expect(held.every(({ isHeld }) => isHeld)).toBe(true);
  await service.kill();
  expect(await storedPermits(dataDir)).toHaveLength(5);
  expect(await storedBudget(dataDir)).toMatchObject({ remaining: 0 });

  // That it was the budget which held them shows when there is one again.
  discord.setRest({ kind: 'ok' });
  discord.setLimits({ remaining: 1000 });
  service = await startService(settings);
  const again = [askFor(service.url, 5), askFor(service.url, 6)];
  for (const request of again) expect((await request.answer)?.status).toBe(200);
});

test('P3: the budget of a bot without a token goes on where a killed service left it', async () => {
  const dataDir = await makeDataDir();
  const settings = { ...PACE, DATA_DIR: dataDir, MAX_CONCURRENCY: '4' };
  for (const spent of [3, 6, 9]) {
    service = await startService(settings);
    const { url } = service;
    await Promise.all([0, 1, 2].map((shard) => askFor(url, shard).answer));
    await service.kill();
    expect(await storedBudget(dataDir)).toMatchObject({ remaining: 1000 - spent });
  }
});
