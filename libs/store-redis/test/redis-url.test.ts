import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RedisUrlError } from '../src/index.ts';
import { parseRedisUrl } from '../src/connection/url/redis-url.ts';

describe('what is understood', () => {
  test.each([
    ['redis://cache', { kind: 'standalone', host: 'cache', port: 6379, db: 0, tls: false }],
    ['valkey://cache:7000/3', { kind: 'standalone', host: 'cache', port: 7000, db: 3, tls: false }],
    ['rediss://cache/', { kind: 'standalone', host: 'cache', port: 6379, db: 0, tls: true }],
    ['VALKEYS://cache', { kind: 'standalone', host: 'cache', port: 6379, db: 0, tls: true }],
    ['redis://[::1]:7000', { kind: 'standalone', host: '::1', port: 7000, db: 0, tls: false }],
    [
      'redis://redis_1.local',
      { kind: 'standalone', host: 'redis_1.local', port: 6379, db: 0, tls: false },
    ],
    ['unix:///run/redis.sock', { kind: 'socket', path: '/run/redis.sock', db: 0 }],
    ['unix:///run/a%20b.sock?db=2', { kind: 'socket', path: '/run/a b.sock', db: 2 }],
    [
      'redis+sentinel://one,two:7000/mymaster',
      {
        kind: 'sentinel',
        sentinels: [
          { host: 'one', port: 26_379 },
          { host: 'two', port: 7000 },
        ],
        master: 'mymaster',
        db: 0,
        tls: false,
        sentinelLogin: undefined,
      },
    ],
    [
      'rediss-sentinel://one/my%20master/4?sentinel_password=a+b%26&sentinel_username=watcher',
      {
        kind: 'sentinel',
        sentinels: [{ host: 'one', port: 26_379 }],
        master: 'my master',
        db: 4,
        tls: true,
        sentinelLogin: { username: 'watcher', password: 'a+b&' },
      },
    ],
    [
      'redis+cluster://one:7000,[::1]',
      {
        kind: 'cluster',
        nodes: [
          { host: 'one', port: 7000 },
          { host: '::1', port: 6379 },
        ],
        tls: false,
      },
    ],
    [
      'valkeys-cluster://one/0',
      { kind: 'cluster', nodes: [{ host: 'one', port: 6379 }], tls: true },
    ],
  ])('%s', (url, expected) => {
    expect(parseRedisUrl(url)).toEqual({ ...expected, login: undefined });
  });

  test.each([
    ['redis://:pass@h', { username: undefined, password: 'pass' }],
    ['redis://user:pass@h', { username: 'user', password: 'pass' }],
    ['redis://u%3Aser:p%2Fa%3Fs%23s%40%25@h', { username: 'u:ser', password: 'p/a?s#s@%' }],
    ['redis://user:p@ss:word@h', { username: 'user', password: 'p@ss:word' }],
    ['unix://user:pass@/run/redis.sock', { username: 'user', password: 'pass' }],
    ['redis+cluster://user:pass@one,two', { username: 'user', password: 'pass' }],
  ])('the login of %s', (url, login) => {
    expect(parseRedisUrl(url).login).toEqual(login);
  });

  test('any user and password that are encoded', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ minLength: 1 }),
        (user, word) => {
          const login = `${encodeURIComponent(user)}:${encodeURIComponent(word)}`;
          expect(parseRedisUrl(`redis://${login}@h:1/2`)).toMatchObject({
            login: { username: user, password: word },
            host: 'h',
            port: 1,
            db: 2,
          });
        },
      ),
    );
  });
});

describe('what is refused, and why', () => {
  test.each([
    ['', 'must begin with redis://'],
    ['cache:6379', 'must begin with redis://'],
    ['http://cache', 'must begin with redis://'],
    ['unix+cluster:///run/redis.sock', 'must begin with redis://'],
    ['redis:/cache', 'must begin with redis://'],
    ['redis://', 'each host must be'],
    ['redis://:6379', 'each host must be'],
    ['redis://cache:port', 'each host must be'],
    ['redis://ca che', 'each host must be'],
    ['redis://[::g]', 'each host must be'],
    ['redis://cache:0', 'the port must be'],
    ['redis://cache:65536', 'the port must be'],
    ['redis://one,two', 'one host only'],
    ['redis://cache/x', 'the database must be'],
    ['redis://cache/-1', 'the database must be'],
    ['redis://cache?tls=true', 'no ?'],
    ['redis://user@cache', 'before the @'],
    ['redis://user:@cache', 'before the @'],
    ['redis://@cache', 'before the @'],
    ['redis://:100%@cache', 'in the password a %'],
    ['redis://:a/b@cache', 'percent-encoded'],
    ['redis://:a#b@cache', 'percent-encoded'],
    ['redis://:1?b@cache', 'no ?'],
    ['redis://h:1?b@cache', 'no ?'],
    ['unix://run/redis.sock', 'absolute path'],
    ['unix:///', 'absolute path'],
    ['unix:///run/redis.sock?database=1', 'only be db'],
    ['redis+sentinel://one', 'the name of the master'],
    ['redis+sentinel://one/m/x', 'the database must be'],
    ['redis+sentinel://one/m?sentinel_username=u', 'needs a sentinel_password'],
    ['redis+sentinel://one/m?sentinel_password=', 'each once and with a value'],
    ['redis+sentinel://one/m?sentinel_password=a&sentinel_password=b', 'each once'],
    ['redis+cluster://one/1', 'the database must be 0'],
  ])('%s', (url, words) => {
    expect(() => parseRedisUrl(url)).toThrow(RedisUrlError);
    expect(() => parseRedisUrl(url)).toThrow(words);
    expect(() => parseRedisUrl(url)).toThrow('REDIS_URL: ');
  });

  test('no secret is in any message', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'redis',
        'rediss+sentinel',
        '://',
        '@',
        ':',
        '/',
        '?',
        '#',
        '%',
        ',',
        '[',
        '&',
        'sentinel_password=',
        'host',
        '6379',
      ),
      fc.constantFrom('s3cr3t', 's3cr3t/', 's3cr3t%', ':s3cr3t@'),
      fc.string(),
    );
    const messages = new Set<string>();
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const message = messageOf(parts.join(''));
        expect(message).not.toContain('s3cr3t');
        messages.add(message);
      }),
      { numRuns: 2000 },
    );
    // Whatever the URL, only so many things are ever said.
    expect(messages.size).toBeLessThan(30);
  });
});

function messageOf(url: string): string {
  try {
    parseRedisUrl(url);
    return '';
  } catch (error) {
    return String(error);
  }
}
