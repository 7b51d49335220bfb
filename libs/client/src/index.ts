export type { AbortSignalLike } from './abort-signal.ts';
export type { FetchInit, FetchLike, ResponseLike } from './fetch-like.ts';
export { IdentifyClient, type IdentifyRequest } from './identify-client.ts';
export {
  identifyThrottler,
  type IdentifyThrottler,
  type IdentifyThrottlerOptions,
} from './identify-throttler.ts';
export type { Permit, Priority } from './permit.ts';
export type { Retry } from './retry-reporter.ts';
export type { IdentifyClientOptions } from './settings.ts';
export type { ShardManager } from './shard-manager.ts';
export type { Timing } from './timing.ts';
