/** The part of a `WebSocketManager` of @discordjs/ws, version 1 or 2, that this package uses. */
export interface ShardManager {
  on(event: 'ready', listener: (...args: unknown[]) => void): unknown;
}

/**
 * Calls back with the shard of each READY. The event reaches the manager from shards of this thread and of workers, before any
 * later event of the shard.
 */
export function onReady(manager: ShardManager, callback: (shard: number) => void): void {
  manager.on('ready', (...args) => {
    const shard = shardOf(args);
    if (shard !== undefined) callback(shard);
  });
}

/** @discordjs/ws 2 passes `(data, shardId)`. Version 1, which discord.js 14 uses, passes one object. */
function shardOf(args: readonly unknown[]): number | undefined {
  const last = args.at(-1);
  if (typeof last === 'number') return last;
  if (typeof last !== 'object' || last === null || !('shardId' in last)) return undefined;
  return typeof last.shardId === 'number' ? last.shardId : undefined;
}
