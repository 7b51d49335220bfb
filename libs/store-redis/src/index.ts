export { RedisError, RedisStartError } from './connection/redis-error.ts';
export { RedisLimiter, type RedisLimiterOptions } from './limiter/redis-limiter.ts';
export { RedisServer, type RedisServerOptions } from './connection/redis-server.ts';
export { RedisUrlError } from './connection/url/redis-url-error.ts';
export type { Server } from './connection/server.ts';
export { openRedisRecords, type RedisRecordsOptions } from './records/open-redis-records.ts';
export type { ScriptRunner } from './records/script-runner.ts';
