import { REST } from '@discordjs/rest';
import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { IdentifyClient, identifyThrottler, type Retry } from '@gateway-queue/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { freePort } from '../support/free-port.ts';
import { startService, type Service } from '../support/service/service.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';

/** Short, to be quick; the fake judges as strictly as over 5 s. */
const WINDOW_MS = 200;

const SHARDS = [0, 1, 2];

let discord: FakeDiscord;
let settings: Record<string, string>;
let service: Service | undefined;
let manager: WebSocketManager | undefined;
beforeEach(async () => {
  discord = await startFakeDiscord({
    windowMs: WINDOW_MS,
    bots: [{ token: 'fake-token', shards: SHARDS.length }],
  });
  settings = {
    DATA_DIR: await makeDataDir(),
    PORT: String(await freePort()),
    DISCORD_TOKEN: 'fake-token',
    DISCORD_API_URL: discord.url,
    IDENTIFY_INTERVAL_MS: String(WINDOW_MS),
  };
});
afterEach(async () => {
  await manager?.destroy();
  await service?.kill();
  await discord.close();
  await removeDataDirs();
});

test('shards whose QUEUE_TOKEN is refused wait, and start once it is right, without an error at the library', async () => {
  service = await startService({ ...settings, QUEUE_TOKEN: 'not-the-one-of-the-bot' });
  const { url } = service;
  const refused = new Set<number>();
  const options = {
    url,
    token: 'the-one-of-the-bot',
    onRetry: ({ shard, code }: Retry) => void (code === 'unauthorized' && refused.add(shard)),
  };
  manager = new WebSocketManager({
    token: 'fake-token',
    intents: 0,
    rest: new REST({ api: discord.url }).setToken('fake-token'),
    shardIds: SHARDS,
    shardCount: SHARDS.length,
    buildIdentifyThrottler: identifyThrottler(options),
  });
  const mishaps: unknown[] = [];
  manager.on(WebSocketShardEvents.Closed, (code, shard) => void mishaps.push({ shard, code }));
  manager.on(WebSocketShardEvents.Error, (error) => void mishaps.push(error));
  const connected = manager.connect();
  // As on the page of a library without a package of its own: a call of the client in a hook.
  const permit = new IdentifyClient(options).identify({ shard: 3 });

  await vi.waitFor(() => expect(refused).toEqual(new Set([...SHARDS, 3])), {
    timeout: 30_000,
  });
  expect(discord.log.of('identify')).toEqual([]);
  expect(await service.stop()).toBe(0);
  service = await startService({ ...settings, QUEUE_TOKEN: 'the-one-of-the-bot' });

  await connected;
  await expect(permit).resolves.toMatchObject({ shard: 3 });
  expect(discord.log.of('identify').map(({ shard }) => shard)).toHaveLength(SHARDS.length);
  expect(discord.log.invalidSessions()).toEqual([]);
  expect(mishaps).toEqual([]);
});
