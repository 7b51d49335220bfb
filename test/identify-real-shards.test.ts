import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from './support/discord/index.ts';
import { startService, type Service } from './support/service.ts';
import { spawnShards, type SpawnedShards } from './support/shards/spawn-shards.ts';

const SHARDS = 16;
const MAX_CONCURRENCY = 4;

/** Discord's own window, and less jitter than the service's default margin of 250 ms. */
const WINDOW_MS = 5000;
const JITTER = { minMs: 0, maxMs: 200 };

let discord: FakeDiscord | undefined;
let service: Service | undefined;
let shards: SpawnedShards | undefined;
afterEach(async () => {
  await shards?.stop();
  await service?.stop();
  await discord?.close();
});

test('16 real shards in 4 processes are all READY without one Invalid Session', async () => {
  discord = await startFakeDiscord({
    windowMs: WINDOW_MS,
    jitter: JITTER,
    bots: [{ token: 'fake-token', shards: SHARDS, maxConcurrency: MAX_CONCURRENCY }],
  });
  service = await startService({ DISCORD_TOKEN: 'fake-token', DISCORD_API_URL: discord.url });
  shards = spawnShards({
    queueUrl: service.url,
    discordUrl: discord.url,
    shardCount: SHARDS,
    processes: 4,
  });

  const ready = await shards.allReady();
  expect(new Set(ready.map(({ shard }) => shard)).size).toBe(SHARDS);
  expect(discord.log.invalidSessions()).toEqual([]);
  expect(discord.log.of('token-reset')).toEqual([]);
  // Every shard identified once, and each bucket had its share.
  expect(discord.log.of('identify')).toHaveLength(SHARDS);
  const perBucket = [...discord.log.acceptedByKey().values()].map(({ length }) => length);
  expect(perBucket).toEqual([4, 4, 4, 4]);
  for (const gapMs of discord.log.smallestGapByKey().values()) {
    expect(gapMs).toBeGreaterThanOrEqual(WINDOW_MS);
  }
});
