import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { Address, Login } from './url/redis-url-parts.ts';
import type { ClusterUrl, RedisUrl, SentinelUrl } from './url/redis-url.ts';

/** After how many ms without an answer a call fails: less than the 900 ms for which a health probe waits. */
export const ANSWER_TIMEOUT_MS = 800;

/**
 * With these options every command settles, and no command is sent twice. A command under way fails when the connection
 * ends. A command without a connection fails at once. A connection whose server is silent is ended. The driver never
 * connects again: `lasting-connection.ts` makes the next connection.
 */
const COMMON = {
  commandTimeout: ANSWER_TIMEOUT_MS,
  socketTimeout: 1500,
  connectTimeout: 1000,
  disconnectTimeout: 200,
  keepAlive: 5000,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  // When it fails, the error reaches no listener and ends the process.
  autoResubscribe: false,
  // It needs a permission, and the start checks find out the same.
  enableReadyCheck: false,
  disableClientInfo: true,
} satisfies RedisOptions;

const SINGLE = {
  ...COMMON,
  enableOfflineQueue: false,
  retryStrategy: () => null,
} satisfies RedisOptions;

/** Without the option that changes the type of the replies: they stay those of RESP2. */
type Options = Omit<RedisOptions, 'replyMapping'>;

/** A connection to the server of the URL, or for a cluster a connection to each of its nodes. */
export function connectTo(url: RedisUrl): Redis | Cluster {
  return url.kind === 'cluster' ? connectToCluster(url) : connectToOne(url);
}

/** @param node of a cluster, in place of the nodes that the URL names */
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
    // Without it the connection stays with a master that was replaced, until that master learns of it some 10 s later.
    failoverDetector: true,
    sentinelReconnectStrategy: () => 1000,
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  };
}

function connectToCluster(url: ClusterUrl): Cluster {
  return new Cluster([...url.nodes], {
    enableOfflineQueue: false,
    enableReadyCheck: false,
    // With any other value the driver itself repeats commands that may have run.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshInterval: 1000,
    slotsRefreshTimeout: 1000,
    clusterRetryStrategy: () => null,
    // A certificate names the host, so the host's address must not be looked up before.
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
