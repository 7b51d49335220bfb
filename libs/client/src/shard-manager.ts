/** What is used of a `WebSocketManager` of @discordjs/ws, 1 or 2. */
export interface ShardManager {
  on(event: 'ready', listener: (...args: unknown[]) => void): unknown;
}

/**
 * Calls back with the shard of each READY. It reaches the manager from shards of this thread and of
 * workers alike, before anything that the shard does next.
 */
export function onReady(manager: ShardManager, callback: (shard: number) => void): void {
  manager.on('ready', (...args) => {
    const shard = shardOf(args);
    if (shard !== undefined) callback(shard);
  });
}

/** @discordjs/ws 2 passes `(data, shardId)`; 1, which discord.js 14 uses, one object. */
function shardOf(args: readonly unknown[]): number | undefined {
  const last = args.at(-1);
  if (typeof last === 'number') return last;
  if (typeof last !== 'object' || last === null || !('shardId' in last)) return undefined;
  return typeof last.shardId === 'number' ? last.shardId : undefined;
}
