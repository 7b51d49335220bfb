import { expect, test } from 'vitest';
import { RedisStartError } from '../src/index.ts';
import { verdictOn } from '../src/connection/server-facts.ts';

/** The `INFO` of a server, with its line ends of CR and LF. */
function info(changed: Readonly<Record<string, string>> = {}): string {
  const facts = {
    redis_version: '7.0.15',
    redis_mode: 'standalone',
    loading: '0',
    role: 'master',
    maxmemory: '0',
    maxmemory_policy: 'noeviction',
    ...changed,
  };
  return `# Server\r\n${Object.entries(facts)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('')}`;
}

test.each([
  {},
  { redis_version: '7.4.1' },
  { redis_version: '10.0.0' },
  { redis_version: '6.2.0', valkey_version: '8.0.1' },
  { maxmemory: '100', maxmemory_policy: 'noeviction' },
  { maxmemory: '0', maxmemory_policy: 'allkeys-lru' },
])('%o will do', (changed) => {
  expect(verdictOn(info(changed), 'standalone')).toBeUndefined();
});

test.each([
  [{ redis_version: '6.2.14' }, 'VERSION', 'of version 6.2.14'],
  [{ redis_version: '5.0.3', maxmemory: '1', maxmemory_policy: 'allkeys-lru' }, 'VERSION', '7.0'],
  [{ redis_mode: 'sentinel' }, 'MODE', 'redis+sentinel://'],
  [{ redis_mode: 'cluster' }, 'MODE', 'redis+cluster://'],
  [{ role: 'slave' }, 'REPLICA', 'is a replica'],
  [{ maxmemory: '1', maxmemory_policy: 'volatile-ttl' }, 'EVICTION', 'volatile-ttl'],
])('%o will not', (changed, code, words) => {
  const verdict = verdictOn(info(changed), 'standalone');
  expect(verdict).toBeInstanceOf(RedisStartError);
  expect(verdict).toMatchObject({ code });
  expect(verdict?.message).toContain(words);
});

test('a server that names no version is too old', () => {
  expect(verdictOn('', 'standalone')).toMatchObject({ code: 'VERSION' });
});

test.each([
  [{ loading: '1' }, 'standalone', 'LOADING'],
  // Either ends in a moment.
  [{ role: 'slave' }, 'sentinel', 'REPLICA'],
  [{ role: 'slave', redis_mode: 'cluster' }, 'cluster', 'REPLICA'],
] as const)('%o passes', (changed, kind, code) => {
  const verdict = verdictOn(info(changed), kind);
  expect(verdict).not.toBeInstanceOf(RedisStartError);
  expect(verdict).toMatchObject({ code });
});
