import { withoutArguments } from './driver-error.ts';
import { RedisError, RedisStartError } from './redis-error.ts';

/** What went wrong with one Sentinel. ioredis tells it in a sentence, at the end of which is what the Sentinel said. */
export function toSentinelError({ message }: Error): RedisError {
  if (message.includes('invalid reply')) {
    return new RedisStartError(
      'REDIS_URL: the Sentinels know no master of this name; it must be the one of their "sentinel monitor" line',
      'MASTER',
    );
  }
  const said = withoutArguments(message.split(' because ').slice(1).join(' because '));
  if (/^(NOAUTH|WRONGPASS|NOPERM)/.test(said)) {
    return new RedisStartError(
      'REDIS_URL: the Sentinels do not accept the login; theirs is in ?sentinel_username=&sentinel_password=, ' +
        `that of the servers before the @ (${said.split(' ')[0]})`,
      said.split(' ')[0] ?? 'ERR',
    );
  }
  if (/unknown command/i.test(said)) {
    return new RedisStartError(
      'REDIS_URL: no Sentinel is there but a server; a server by itself is redis://host:6379',
      'MODE',
    );
  }
  return new RedisError(
    `No Sentinel can be reached: ${said}`,
    /\bE[A-Z]{4,}\b/.exec(said)?.[0] ?? 'ERR',
  );
}
