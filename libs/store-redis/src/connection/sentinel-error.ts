import { withoutArguments } from './driver-error.ts';
import { RedisError, RedisStartError } from './redis-error.ts';

/** What went wrong with one Sentinel. The message of ioredis is a sentence that ends with what the Sentinel said. */
export function toSentinelError({ message }: Error): RedisError {
  const [, said = message] = /\bbecause (.*)/s.exec(withoutArguments(message)) ?? [];
  if (said.includes('invalid reply') || /no such master/i.test(said)) {
    return new RedisStartError(
      'REDIS_URL: the Sentinels know no master of this name; it must be the one of their "sentinel monitor" line',
      'MASTER',
    );
  }
  const [code] = /^(?:NOAUTH|WRONGPASS|NOPERM)/.exec(said) ?? [];
  if (code !== undefined) {
    return new RedisStartError(
      'REDIS_URL: the Sentinels do not accept the login; theirs is in ?sentinel_username=&sentinel_password=, that of ' +
        `the servers before the @ (${code})`,
      code,
    );
  }
  if (/unknown command/i.test(said)) {
    return new RedisStartError(
      'REDIS_URL: no Sentinel is there but a server; a server by itself is redis://host:6379',
      'MODE',
    );
  }
  // ioredis says of a refused connection only that it is closed.
  return new RedisError(`No Sentinel can be reached: ${said}`, 'SENTINEL');
}
