import { fileURLToPath } from 'node:url';

import { ShardGroup, type Ready } from './shard-group.ts';
import type { ShardMessage } from './shard-messages.ts';

export interface ShardsOptions {
  readonly queueUrl: string;
  /** REST base of the fake. */
  readonly discordUrl: string;
  /** `fake-token` unless given. */
  readonly token?: string;
  readonly shardCount: number;
  /** Over how many processes they are spread, in ranges: of 16 in 4, the first has 0 to 3. */
  readonly processes: number;
  /** Another program than shard-process.ts, with the same settings and messages. */
  readonly program?: string;
}

/** Shards that run in processes of their own. */
export interface SpawnedShards {
  /** The processes, for what is to happen to one of them alone. */
  readonly groups: readonly ShardGroup[];
  /** All that the processes told so far, process by process. */
  messages(): ShardMessage[];
  /** Each shard's first READY, by shard. A promise rejects when its process ended before. */
  readonly ready: ReadonlyMap<number, Promise<Ready>>;
  /** The first READY of all; rejects when a process ended before. */
  allReady(): Promise<Ready[]>;
  /** Ends all sessions in good order, then the processes. Resolves when they are gone. */
  stop(): Promise<void>;
  /** As a crash would: nothing is closed. Resolves when they are gone. */
  kill(): Promise<void>;
}

const SHARD_PROCESS = fileURLToPath(new URL('shard-process.ts', import.meta.url));

/** Starts the processes, all at once. */
export function spawnShards(options: ShardsOptions): SpawnedShards {
  const groups = ranges(options.shardCount, options.processes).map(
    (shards) =>
      new ShardGroup(options.program ?? SHARD_PROCESS, {
        QUEUE_URL: options.queueUrl,
        DISCORD_API_URL: options.discordUrl,
        DISCORD_TOKEN: options.token ?? 'fake-token',
        SHARD_IDS: shards.join(','),
        SHARD_COUNT: String(options.shardCount),
      }),
  );
  const ready = new Map(groups.flatMap((group) => [...group.ready]));
  return {
    groups,
    messages: () => groups.flatMap((group) => group.messages),
    ready,
    allReady: () => Promise.all(ready.values()),
    async stop() {
      await Promise.all(groups.map((group) => group.stop()));
    },
    async kill() {
      await Promise.all(groups.map((group) => group.kill()));
    },
  };
}

function ranges(count: number, parts: number): number[][] {
  const size = Math.ceil(count / parts);
  const all = Array.from({ length: count }, (_, shard) => shard);
  return Array.from({ length: parts }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  ).filter((range) => range.length > 0);
}
