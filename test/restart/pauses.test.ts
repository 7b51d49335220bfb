import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor } from '../support/http/held-request.ts';
import { onState } from '../support/state/limiter-of.ts';
import { startService, type Service } from '../support/service/service.ts';

const WORDS = { reason: 'Discord has an incident', by: 'ada' };
const PACE = { IDENTIFY_INTERVAL_MS: '50', IDENTIFY_MARGIN_MS: '0', MAX_CONCURRENCY: '2' };

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

/** Takes permits one after the other: as much time as any other waiter had for getting its own. */
async function takePermits(url: string, shards: readonly number[], bot?: string): Promise<void> {
  for (const shard of shards) expect((await askFor(url, shard, bot).answer)?.status).toBe(200);
}

test('P7: a pause of a bot holds over kills and restarts, and other bots go on', async () => {
  const dataDir = await makeDataDir();
  const botsFile = join(dataDir, 'bots.json');
  await writeFile(botsFile, JSON.stringify([{ id: 'paused' }, { id: 'other' }]));
  const settings = { ...PACE, DATA_DIR: dataDir, BOTS_FILE: botsFile };
  await onState(dataDir, (limiter) =>
    limiter.pause({ bot: 'paused', bucket: null, durationMs: null, ...WORDS }),
  );
  for (const _start of ['first', 'second']) {
    service = await startService(settings);
    const held = [askFor(service.url, 0, 'paused'), askFor(service.url, 1, 'paused')];
    await takePermits(service.url, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'other');
    expect(held.every(({ isHeld }) => isHeld)).toBe(true);
    await service.kill();
  }
  await onState(dataDir, (limiter) => limiter.resume({ bot: 'paused', bucket: null }));
  service = await startService(settings);
  await takePermits(service.url, [0, 1], 'paused');
});

test('P7: a pause of a bucket does not hold the other buckets', async () => {
  const dataDir = await makeDataDir();
  const settings = { ...PACE, DATA_DIR: dataDir };
  await onState(dataDir, (limiter) =>
    limiter.pause({ bot: 'default', bucket: 1, durationMs: null, ...WORDS }),
  );
  for (const _start of ['first', 'second']) {
    service = await startService(settings);
    const held = askFor(service.url, 1);
    await takePermits(service.url, [0, 2, 4, 6, 8]);
    expect(held.isHeld).toBe(true);
    await service.kill();
  }
  await onState(dataDir, (limiter) => limiter.resume({ bot: 'default', bucket: 1 }));
  service = await startService(settings);
  await takePermits(service.url, [1]);
});

test('P7: a pause with an end holds until then over a kill, and ends by itself', async () => {
  const dataDir = await makeDataDir();
  const settings = { ...PACE, DATA_DIR: dataDir };
  const pausedAt = monotonicNow();
  const durationMs = 2500;
  await onState(dataDir, (limiter) =>
    limiter.pause({ bot: 'default', bucket: null, durationMs, ...WORDS }),
  );
  service = await startService(settings);
  await service.kill();
  service = await startService(settings);
  const answer = await askFor(service.url, 0).answer;
  expect(answer?.status).toBe(200);
  expect(answer?.at).toBeGreaterThanOrEqual(pausedAt + durationMs);
});
