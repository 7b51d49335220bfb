export { RedisError, RedisStartError } from './connection/redis-error.ts';
export { RedisUrlError } from './connection/url/redis-url-error.ts';
export { openRedisStore, type RedisStoreOptions } from './open-redis-store.ts';
