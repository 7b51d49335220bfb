import { type RedisError, RedisStartError } from './redis-error.ts';

/** What a server says to a new connection that no waiting helps against, in words for whoever wrote `REDIS_URL`. */
const WORDS: Readonly<Record<string, string>> = {
  NOAUTH:
    'REDIS_URL: the server asks for a password; write redis://:password@host or redis://user:password@host',
  WRONGPASS: 'REDIS_URL: the server does not accept this user and password',
  NOPERM: 'REDIS_URL: the user lacks permissions; docs/redis.md has those that the limiter needs',
  DENIED:
    'The Redis server is in protected mode and takes connections of its own machine alone; give it a password, and REDIS_URL too',
};

/** The error, as a {@link RedisStartError} if waiting does not help. */
export function orRefusal(error: RedisError): RedisError {
  if (error instanceof RedisStartError) return error;
  const words = WORDS[error.code];
  if (words !== undefined) return new RedisStartError(`${words}. ${error.message}`, error.code);
  if (error.message.includes('cluster support disabled')) {
    return new RedisStartError(
      'REDIS_URL: the server is not part of a cluster; without +cluster it is the right one',
      'MODE',
    );
  }
  return error;
}
