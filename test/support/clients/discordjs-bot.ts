import { Client } from 'discord.js';

import { identifyThrottler } from '../../../libs/client/src/index.ts';
import { setting } from './setting.ts';

/*
 * A bot as its author would write it. Alone it is one shard; a ShardingManager says which one through the
 * environment.
 */
const client = new Client({
  intents: [],
  rest: { api: setting('DISCORD_API_URL') },
  ws: { buildIdentifyThrottler: identifyThrottler({ url: setting('QUEUE_URL') }) },
});

// The process that started it is gone.
process.once('disconnect', () => process.exit(0));
await client.login(setting('DISCORD_TOKEN'));
