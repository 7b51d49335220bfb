export { IoredisServer } from './ioredis-server.ts';
export { RedisLimiter, type RedisLimiterOptions } from './redis-limiter.ts';
