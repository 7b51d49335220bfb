import { setTimeout as sleep } from 'node:timers/promises';

import { REST } from '@discordjs/rest';
import { WebSocketManager, WebSocketShardEvents, type IIdentifyThrottler } from '@discordjs/ws';

import { monotonicNow } from '../discord/clock.ts';
import { STOP, type ShardEnvironment, type ShardMessage } from './shard-messages.ts';

/**
 * How long shards may take to close. A bound, because @discordjs/ws 2.0.4 never finishes destroying a
 * shard that waits for HELLO or READY: the wait it aborts starts a second destroy, which takes away the
 * listener that the first one waits for.
 */
const DESTROY_MS = 1000;

/**
 * Runs this process's shards with the real @discordjs/ws until the parent says stop or goes away. Tells
 * the parent what happens, or prints it as JSON lines when there is none. Ends the process with 1 when
 * the shards cannot be started.
 */
export async function runShards(
  environment: ShardEnvironment,
  buildIdentifyThrottler: (manager: WebSocketManager) => IIdentifyThrottler,
): Promise<void> {
  const manager = new WebSocketManager({
    token: environment.DISCORD_TOKEN,
    intents: 0,
    rest: new REST({ api: environment.DISCORD_API_URL }).setToken(environment.DISCORD_TOKEN),
    shardCount: Number(environment.SHARD_COUNT),
    shardIds: environment.SHARD_IDS.split(',').map(Number),
    buildIdentifyThrottler: (built) => Promise.resolve(buildIdentifyThrottler(built)),
  });
  tellWhatHappens(manager);
  stopWhenTold(manager);
  try {
    await manager.connect();
  } catch (error) {
    tell({ kind: 'error', message: String(error) }, () => process.exit(1));
  }
}

function tellWhatHappens(manager: WebSocketManager): void {
  manager.on(WebSocketShardEvents.Ready, (_data, shard) => {
    tell({ kind: 'ready', shard, at: monotonicNow() });
  });
  manager.on(WebSocketShardEvents.Closed, (code, shard) => {
    tell({ kind: 'closed', shard, at: monotonicNow(), code });
  });
  manager.on(WebSocketShardEvents.Error, (error, shard) => {
    tell({ kind: 'error', shard, message: error.message });
  });
  manager.on(WebSocketShardEvents.SocketError, (error, shard) => {
    tell({ kind: 'error', shard, message: error.message });
  });
}

function stopWhenTold(manager: WebSocketManager): void {
  const stop = async (): Promise<void> => {
    await Promise.race([manager.destroy(), sleep(DESTROY_MS)]);
    process.exit(0);
  };
  process.on('message', (message) => {
    if (message === STOP) void stop();
  });
  process.once('SIGTERM', () => void stop());
  // The parent is gone, and with it everyone who could want these shards.
  process.once('disconnect', () => process.exit(0));
}

function tell(message: ShardMessage, told?: () => void): void {
  if (process.send) {
    process.send(message, undefined, undefined, () => told?.());
    return;
  }
  process.stdout.write(`${JSON.stringify(message)}\n`, () => told?.());
}
