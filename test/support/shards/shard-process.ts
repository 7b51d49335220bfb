import { queueThrottler } from './queue-throttler.ts';
import { runShards } from './run-shards.ts';
import { setting } from '../clients/setting.ts';

await runShards(
  {
    QUEUE_URL: setting('QUEUE_URL'),
    DISCORD_API_URL: setting('DISCORD_API_URL'),
    DISCORD_TOKEN: setting('DISCORD_TOKEN'),
    SHARD_IDS: setting('SHARD_IDS'),
    SHARD_COUNT: setting('SHARD_COUNT'),
  },
  () => queueThrottler(setting('QUEUE_URL')),
);
