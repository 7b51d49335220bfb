import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { ShardedBot } from '../support/shards/sharded-bot.ts';

const THROTTLED = fileURLToPath(
  new URL('../support/clients/throttled-shard-process.ts', import.meta.url),
);

let bot: ShardedBot | undefined;
afterEach(() => bot?.end());

test('P2: 64 shards of @discordjs/ws in 4 processes are READY without one Invalid Session', async () => {
  bot = await ShardedBot.start({
    shardCount: 64,
    maxConcurrency: 16,
    // More than the margin would cover: only confirmed permits keep the window at the gateway.
    jitter: { minMs: 0, maxMs: 1000 },
    program: THROTTLED,
  });
  expect(await bot.booted()).toEqual({
    ready: 64,
    identifies: 64,
    invalidSessions: 0,
    tokenResets: 0,
    perBucket: Array.from({ length: 16 }, () => 4),
    tooEarly: [],
  });
  // A figure to look at, not to assert: the machine has a say in it.
  console.log(`First to last IDENTIFY took ${bot.shareOfIdeal().toFixed(3)} of the ideal`);
});
