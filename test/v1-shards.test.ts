import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from './support/discord/index.ts';
import { startService, type Service } from './support/service.ts';
import { spawnShards, type SpawnedShards } from './support/shards/spawn-shards.ts';

const SHARDS = 64;
const MAX_CONCURRENCY = 16;
const WINDOW_MS = 5000;
/** More than the service's margin of 250 ms: only confirmed permits keep the window at the gateway. */
const JITTER = { minMs: 0, maxMs: 400 };

const THROTTLED = fileURLToPath(
  new URL('support/clients/throttled-shard-process.ts', import.meta.url),
);

let discord: FakeDiscord | undefined;
let service: Service | undefined;
let shards: SpawnedShards | undefined;
afterEach(async () => {
  await shards?.stop();
  await service?.stop();
  await discord?.close();
});

test('P2: 64 shards of @discordjs/ws in 4 processes are READY without one Invalid Session', async () => {
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
    program: THROTTLED,
  });

  const ready = await shards.allReady();
  expect(new Set(ready.map(({ shard }) => shard)).size).toBe(SHARDS);
  expect(discord.log.invalidSessions()).toEqual([]);
  expect(discord.log.of('token-reset')).toEqual([]);
  const identifies = discord.log.of('identify');
  expect(identifies).toHaveLength(SHARDS);

  const perBucket = [...discord.log.acceptedByKey().values()].map(({ length }) => length);
  expect(perBucket).toEqual(Array.from({ length: MAX_CONCURRENCY }, () => 4));
  const gaps = [...discord.log.smallestGapByKey().values()];
  expect(gaps).toHaveLength(MAX_CONCURRENCY);
  for (const gapMs of gaps) expect(gapMs).toBeGreaterThanOrEqual(WINDOW_MS);

  // A figure to look at, not to assert: the machine has a say in it.
  const times = identifies.map(({ judgedAt }) => judgedAt);
  const idealMs = (SHARDS / MAX_CONCURRENCY - 1) * WINDOW_MS;
  const share = (Math.max(...times) - Math.min(...times)) / idealMs;
  console.log(`First to last IDENTIFY took ${share.toFixed(3)} of the ideal ${idealMs} ms`);
});
