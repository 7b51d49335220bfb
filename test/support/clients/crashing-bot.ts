import { Client, Events } from 'discord.js';

import { identifyThrottler } from '../../../libs/client/src/index.ts';
import { setting } from './setting.ts';

/*
 * A bot that ends as soon as it is ready, as one does whose first lines fail. It tells its parent when the
 * queue has sent it away.
 */
const client = new Client({
  intents: [],
  rest: { api: setting('DISCORD_API_URL') },
  ws: {
    buildIdentifyThrottler: identifyThrottler({
      url: setting('QUEUE_URL'),
      maxWaitMs: 2000,
      onRetry: ({ reason }) => process.send?.(reason),
    }),
  },
});

process.once('disconnect', () => process.exit(0));
client.once(Events.ClientReady, () => process.exit(1));
await client.login(setting('DISCORD_TOKEN'));
