export { RedisError, RedisStartError } from './redis-error.ts';
export { RedisLimiter, type RedisLimiterOptions } from './redis-limiter.ts';
export { RedisServer, type RedisServerOptions } from './redis-server.ts';
export { RedisUrlError } from './redis-url-error.ts';
export type { Server } from './server.ts';
