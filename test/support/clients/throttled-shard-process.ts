import { identifyThrottler } from '../../../libs/client/src/index.ts';
import { runShards } from '../shards/run-shards.ts';
import { setting } from './setting.ts';

// As shard-process.ts does, with the client library for a throttler.
await runShards(
  {
    QUEUE_URL: setting('QUEUE_URL'),
    DISCORD_API_URL: setting('DISCORD_API_URL'),
    DISCORD_TOKEN: setting('DISCORD_TOKEN'),
    SHARD_IDS: setting('SHARD_IDS'),
    SHARD_COUNT: setting('SHARD_COUNT'),
  },
  identifyThrottler({ url: setting('QUEUE_URL') }),
);
