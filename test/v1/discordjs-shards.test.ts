import { afterEach, expect, test } from 'vitest';

import { ManagedBot } from '../support/clients/sharding-manager.ts';
import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { startService, type Service } from '../support/service/service.ts';

const SHARDS = 8;
const WINDOW_MS = 5000;

let discord: FakeDiscord | undefined;
let service: Service | undefined;
let bot: ManagedBot | undefined;
afterEach(async () => {
  await bot?.stop();
  await service?.stop();
  await discord?.close();
});

test('P2: 8 shards of a discord.js ShardingManager are ready without one Invalid Session', async () => {
  discord = await startFakeDiscord({
    windowMs: WINDOW_MS,
    jitter: { minMs: 0, maxMs: 400 },
    bots: [{ token: 'fake-token', shards: SHARDS, maxConcurrency: 4 }],
  });
  service = await startService({ DISCORD_TOKEN: 'fake-token', DISCORD_API_URL: discord.url });
  bot = new ManagedBot({
    queueUrl: service.url,
    discordUrl: discord.url,
    shardCount: SHARDS,
  });

  expect(await bot.start()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(discord.log.invalidSessions()).toEqual([]);
  const identifies = discord.log.of('identify');
  expect(identifies.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7,
  ]);
  const gaps = [...discord.log.smallestGapByKey().values()];
  expect(gaps).toHaveLength(4);
  for (const gapMs of gaps) expect(gapMs).toBeGreaterThanOrEqual(WINDOW_MS);
});
