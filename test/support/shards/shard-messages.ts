/** What a shard process tells its parent. Times are ms of monotonicNow(). */
export type ShardMessage =
  /** The shard is READY. */
  | { readonly kind: 'ready'; readonly shard: number; readonly at: number }
  /** The shard's connection closed, for whatever reason. It comes back by itself unless it must not. */
  | { readonly kind: 'closed'; readonly shard: number; readonly at: number; readonly code: number }
  /** Something failed: one shard, or the start of all of them. */
  | { readonly kind: 'error'; readonly shard?: number; readonly message: string };

/** The settings of a shard process, as its environment names them. */
export interface ShardEnvironment {
  readonly QUEUE_URL: string;
  readonly DISCORD_API_URL: string;
  readonly DISCORD_TOKEN: string;
  /** Such as `0,1,2`. */
  readonly SHARD_IDS: string;
  /** Over all processes. */
  readonly SHARD_COUNT: string;
}

/** Asks a shard process to close its shards and end. */
export const STOP = 'stop';
