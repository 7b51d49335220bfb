import { afterEach, expect, test } from 'vitest';

import { ShardedBot } from '../support/shards/sharded-bot.ts';

let bot: ShardedBot | undefined;
afterEach(() => bot?.end());

test('16 real shards in 4 processes are all READY without one Invalid Session', async () => {
  bot = await ShardedBot.start({
    shardCount: 16,
    maxConcurrency: 4,
    // Less than the default margin of 750 ms.
    jitter: { minMs: 0, maxMs: 400 },
  });
  expect(await bot.booted()).toEqual({
    ready: 16,
    identifies: 16,
    invalidSessions: 0,
    tokenResets: 0,
    perBucket: [4, 4, 4, 4],
    tooEarly: [],
  });
});
