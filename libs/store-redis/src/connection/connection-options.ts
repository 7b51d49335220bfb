import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { Address, Login } from './url/redis-url-parts.ts';
import type { ClusterUrl, RedisUrl, SentinelUrl } from './url/redis-url.ts';

/** In ms. Within this an answer comes or the call fails: below the 900 ms that a health probe waits for the reason. */
export const ANSWER_TIMEOUT_MS = 800;

/**
 * With these every command settles, and none is sent twice: what is under way fails when the connection ends, what comes
 * while there is none fails at once, and a server that says nothing is left. A connection that ended stays so: its
 * successor is made by `lasting-connection.ts`.
 */
const COMMON = {
  commandTimeout: ANSWER_TIMEOUT_MS,
  socketTimeout: 1500,
  connectTimeout: 1000,
  disconnectTimeout: 200,
  keepAlive: 5000,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  // It has no way to say that it failed, and takes the process down with it.
  autoResubscribe: false,
  // Would need a permission, and the start checks ask for the same.
  enableReadyCheck: false,
  disableClientInfo: true,
} satisfies RedisOptions;

const SINGLE = {
  ...COMMON,
  enableOfflineQueue: false,
  retryStrategy: () => null,
} satisfies RedisOptions;

/** The replies are those of RESP2, in either protocol. */
type Options = Omit<RedisOptions, 'replyMapping'>;

/** A connection to wherever the URL leads; for a cluster, one to each of its nodes. */
export function connectTo(url: RedisUrl): Redis | Cluster {
  return url.kind === 'cluster' ? connectToCluster(url) : connectToOne(url);
}

/** @param node of a cluster, in place of one that the URL names */
export function connectToOne(url: RedisUrl, node?: Address): Redis {
  return new Redis({ ...SINGLE, ...loginOptions(url.login), ...placeOptions(url, node) });
}

function placeOptions(url: RedisUrl, node?: Address): Options {
  switch (url.kind) {
    case 'standalone': {
      const { host, port, db } = url;
      return { host, port, db, ...tlsOptions(url) };
    }
    case 'socket':
      return { path: url.path, db: url.db };
    case 'cluster':
      return { ...(node ?? url.nodes[0]), ...tlsOptions(url) };
    case 'sentinel':
      return sentinelOptions(url);
    default:
      return url satisfies never;
  }
}

function sentinelOptions({ sentinels, master, db, sentinelLogin, tls }: SentinelUrl): Options {
  return {
    sentinels: [...sentinels],
    name: master,
    db,
    ...(sentinelLogin && { sentinelPassword: sentinelLogin.password }),
    ...(sentinelLogin?.username !== undefined && { sentinelUsername: sentinelLogin.username }),
    sentinelCommandTimeout: ANSWER_TIMEOUT_MS,
    sentinelRetryStrategy: () => null,
    // Without it the connection stays with a master that was replaced, which takes 10 s to learn of it.
    failoverDetector: true,
    sentinelReconnectStrategy: () => 1000,
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  };
}

function connectToCluster(url: ClusterUrl): Cluster {
  return new Cluster([...url.nodes], {
    enableOfflineQueue: false,
    enableReadyCheck: false,
    // Anything else makes it send again by itself what may have run.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshInterval: 1000,
    slotsRefreshTimeout: 1000,
    clusterRetryStrategy: () => null,
    // A certificate is for a name: nothing is looked up before.
    dnsLookup: (host, found) => found(null, host),
    redisOptions: { ...COMMON, ...loginOptions(url.login), ...tlsOptions(url) },
  } satisfies ClusterOptions);
}

function loginOptions(login: Login | undefined): Options {
  if (login === undefined) return {};
  const { username, password } = login;
  return username === undefined ? { password } : { username, password };
}

function tlsOptions({ tls }: { readonly tls: boolean }): Options {
  return tls ? { tls: {} } : {};
}
