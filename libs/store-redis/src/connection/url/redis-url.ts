import { RedisUrlError } from './redis-url-error.ts';
import {
  type Address,
  type Login,
  parseDatabase,
  parseHosts,
  parseLogin,
  parseQuery,
  unescaped,
} from './redis-url-parts.ts';

/** What `REDIS_URL` says: the server, the way to it, and the login. */
export type RedisUrl = StandaloneUrl | SocketUrl | SentinelUrl | ClusterUrl;

interface Common {
  readonly login: Login | undefined;
}

export interface StandaloneUrl extends Common, Address {
  readonly kind: 'standalone';
  readonly tls: boolean;
  readonly db: number;
}

export interface SocketUrl extends Common {
  readonly kind: 'socket';
  readonly path: string;
  readonly db: number;
}

export interface SentinelUrl extends Common {
  readonly kind: 'sentinel';
  readonly sentinels: readonly Address[];
  /** Name of the master, as the Sentinels know it. */
  readonly master: string;
  /** For the Sentinels, and for the servers that they name. */
  readonly tls: boolean;
  readonly db: number;
  /** For the Sentinels alone; `login` is for the servers. */
  readonly sentinelLogin: Login | undefined;
}

export interface ClusterUrl extends Common {
  readonly kind: 'cluster';
  /** Some of the nodes; they name the others. */
  readonly nodes: readonly Address[];
  readonly tls: boolean;
}

const REDIS_PORT = 6379;
const SENTINEL_PORT = 26_379;

const SCHEME = /^(redis|rediss|valkey|valkeys|unix)(?:[+-](sentinel|cluster))?$/;

/** A URL that is cut into its parts, which are not checked yet. */
interface Parts {
  readonly login: string | undefined;
  readonly hosts: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly tls: boolean;
}

/**
 * Reads `REDIS_URL`, by hand: `URL` knows one host only, and ioredis misreads what it does not understand, even as a
 * connection without TLS.
 *
 * @throws RedisUrlError
 */
export function parseRedisUrl(text: string): RedisUrl {
  const [, scheme = '', rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
  const [, family, variant] = SCHEME.exec(scheme.toLowerCase()) ?? [];
  if (family === undefined || (family === 'unix' && variant !== undefined)) {
    throw new RedisUrlError(
      'it must begin with redis://, rediss://, valkey://, valkeys:// or unix://, ' +
        'or with +sentinel or +cluster before the colon of one of the first four',
    );
  }
  const parts = { ...cut(rest), tls: family.endsWith('ss') || family === 'valkeys' };
  if (family === 'unix') return toSocket(parts);
  if (variant === 'sentinel') return toSentinel(parts);
  return variant === 'cluster' ? toCluster(parts) : toStandalone(parts);
}

function cut(rest: string): Omit<Parts, 'tls'> {
  const [location, query] = splitAt(rest, rest.indexOf('?'));
  const [authority, path = ''] = splitAt(location, location.indexOf('/'));
  if (rest.includes('#') || path.includes('@')) {
    throw new RedisUrlError(
      'what is special in a URL must be percent-encoded in user and password: / as %2F, ? as %3F, # as %23, @ as %40, : as %3A, % as %25',
    );
  }
  const [login, hosts] = splitAt(authority, authority.lastIndexOf('@'));
  return hosts === undefined
    ? { login: undefined, hosts: authority, path, query }
    : { login, hosts, path, query };
}

function splitAt(text: string, index: number): [string, string?] {
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function toStandalone({ login, hosts, path, query, tls }: Parts): StandaloneUrl {
  parseQuery(query, []);
  const [address, another] = parseHosts(hosts, REDIS_PORT);
  if (another !== undefined) {
    throw new RedisUrlError(
      'there must be one host only; several belong to redis+sentinel:// and redis+cluster://',
    );
  }
  return { kind: 'standalone', ...address, tls, db: parseDatabase(path), login: parseLogin(login) };
}

function toSocket({ login, hosts, path, query }: Parts): SocketUrl {
  const { db } = parseQuery(query, ['db']);
  if (hosts !== '' || path === '') {
    throw new RedisUrlError(
      'the socket must be an absolute path after unix://, like unix:///run/redis.sock',
    );
  }
  return {
    kind: 'socket',
    path: `/${unescaped(path, 'path of the socket')}`,
    db: parseDatabase(db ?? ''),
    login: parseLogin(login),
  };
}

function toSentinel({ login, hosts, path, query, tls }: Parts): SentinelUrl {
  const { sentinel_username: username, sentinel_password: password } = parseQuery(query, [
    'sentinel_username',
    'sentinel_password',
  ]);
  if (username !== undefined && password === undefined) {
    throw new RedisUrlError('sentinel_username needs a sentinel_password beside it');
  }
  const [master, db = ''] = splitAt(path, path.indexOf('/'));
  if (master === '') {
    throw new RedisUrlError(
      'the name of the master must follow the Sentinels, like redis+sentinel://one:26379,two:26379/mymaster',
    );
  }
  return {
    kind: 'sentinel',
    sentinels: parseHosts(hosts, SENTINEL_PORT),
    master: unescaped(master, 'name of the master'),
    tls,
    db: parseDatabase(db),
    login: parseLogin(login),
    sentinelLogin: password === undefined ? undefined : { username, password },
  };
}

function toCluster({ login, hosts, path, query, tls }: Parts): ClusterUrl {
  parseQuery(query, []);
  if (parseDatabase(path) !== 0) {
    throw new RedisUrlError('the database must be 0 or left out: a cluster has no other');
  }
  return { kind: 'cluster', nodes: parseHosts(hosts, REDIS_PORT), tls, login: parseLogin(login) };
}
