export { RedisError, RedisStartError } from './connection/redis-error.ts';
export { RedisLimiter, type RedisLimiterOptions } from './redis-limiter.ts';
export { RedisServer, type RedisServerOptions } from './connection/redis-server.ts';
export { RedisUrlError } from './url/redis-url-error.ts';
export type { Server } from './server.ts';
