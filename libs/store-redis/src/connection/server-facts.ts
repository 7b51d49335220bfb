import { RedisError, RedisStartError } from './redis-error.ts';
import type { RedisUrl } from './url/redis-url.ts';

/** The first version that knows `#!lua` in the first line of a script, which keeps a script from being half done. */
const OLDEST_REDIS = 7;

/** Why a server with this `INFO` must not be used; undefined when it can be. */
export function verdictOn(info: string, kind: RedisUrl['kind']): RedisError | undefined {
  const facts = new Map(
    Array.from(info.matchAll(/^([a-z_\d]+):(.*?)\r?$/gm), ([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  return (
    wrongMode(facts, kind) ??
    tooOld(facts) ??
    loading(facts) ??
    replica(facts, kind) ??
    evicting(facts)
  );
}

type Facts = ReadonlyMap<string, string>;

function wrongMode(facts: Facts, kind: RedisUrl['kind']): RedisError | undefined {
  const mode = facts.get('redis_mode');
  if (mode === 'sentinel') {
    return new RedisStartError(
      'REDIS_URL: a Sentinel is there; write redis+sentinel://host:26379/name-of-the-master',
      'MODE',
    );
  }
  if (mode === 'cluster' && kind !== 'cluster') {
    return new RedisStartError(
      'REDIS_URL: the server is part of a cluster; write redis+cluster:// or rediss+cluster://',
      'MODE',
    );
  }
  return undefined;
}

function tooOld(facts: Facts): RedisError | undefined {
  const version = facts.get('redis_version') ?? '';
  if (facts.has('valkey_version') || Number.parseInt(version, 10) >= OLDEST_REDIS) return undefined;
  return new RedisStartError(
    `The Redis server is of version ${version || 'unknown'}; it must be Redis 7.0 or newer, or Valkey`,
    'VERSION',
  );
}

function loading(facts: Facts): RedisError | undefined {
  return facts.get('loading') === '1'
    ? new RedisError('Redis is loading its data', 'LOADING')
    : undefined;
}

function replica(facts: Facts, kind: RedisUrl['kind']): RedisError | undefined {
  if (facts.get('role') !== 'slave') return undefined;
  return kind === 'standalone' || kind === 'socket'
    ? new RedisStartError(
        'REDIS_URL: the server is a replica, which cannot be written to; name its master, or the Sentinels with redis+sentinel://',
        'REPLICA',
      )
    : new RedisError('Redis is changing its master', 'REPLICA');
}

function evicting(facts: Facts): RedisError | undefined {
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy === 'noeviction' || facts.get('maxmemory') === '0') return undefined;
  return new RedisStartError(
    `The Redis server may throw data away when its memory is full (maxmemory-policy ${policy}), and permits would be ` +
      'forgotten; set maxmemory-policy noeviction',
    'EVICTION',
  );
}
