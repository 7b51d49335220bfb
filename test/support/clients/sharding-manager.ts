import { fileURLToPath } from 'node:url';

import { ShardingManager, type Shard } from 'discord.js';
import { vi } from 'vitest';

import { watchChild, type Exit } from '../children.ts';

const BOT = fileURLToPath(new URL('discordjs-bot.ts', import.meta.url));

export interface ManagedOptions {
  readonly queueUrl: string;
  /** REST base of the fake. */
  readonly discordUrl: string;
  readonly shardCount: number;
}

/** A discord.js bot whose shards run in processes of their own, all started at once. */
export class ManagedBot {
  readonly #manager: ShardingManager;
  readonly #exits: Promise<Exit>[] = [];
  readonly #ready: Promise<number>[] = [];

  constructor({ queueUrl, discordUrl, shardCount }: ManagedOptions) {
    // The manager hands this process's environment down, and writes to it.
    vi.stubEnv('QUEUE_URL', queueUrl);
    vi.stubEnv('DISCORD_API_URL', discordUrl);
    for (const name of ['DISCORD_TOKEN', 'SHARDING_MANAGER', 'SHARDING_MANAGER_MODE']) {
      vi.stubEnv(name, undefined);
    }
    this.#manager = new ShardingManager(BOT, {
      token: 'fake-token',
      totalShards: shardCount,
      respawn: false,
      execArgv: [],
    });
    this.#manager.on('shardCreate', (shard) => this.#watch(shard));
  }

  /** Resolves to the shards, once discord.js has called each of them ready. Rejects when one ends before. */
  async start(): Promise<number[]> {
    await this.#manager.spawn({ delay: 0, timeout: -1 });
    return Promise.all(this.#ready);
  }

  /** Resolves when the processes have gone. */
  async stop(): Promise<void> {
    for (const shard of this.#manager.shards.values()) if (shard.process) shard.kill();
    await Promise.all(this.#exits);
    vi.unstubAllEnvs();
  }

  #watch(shard: Shard): void {
    shard.on('spawn', (child) => {
      if ('pid' in child) this.#exits.push(watchChild(child));
    });
    const ready = new Promise<number>((resolve, reject) => {
      shard.once('ready', () => resolve(shard.id));
      shard.once('death', () => reject(new Error(`Shard ${shard.id} ended before it was ready`)));
    });
    ready.catch(() => undefined);
    this.#ready.push(ready);
  }
}
