import type { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { OneCluster } from './one-cluster.ts';
import type { RedisServerOptions } from '../../../../test/support/redis-server.ts';
import { OneServer } from './one-server.ts';
import { valkeyProgram } from './programs.ts';

/** Time enough, in ms, to install what is missing. */
const START_TIMEOUT_MS = 300_000;

/** What tests connect to. */
export interface Store {
  /** As REDIS_URL. */
  readonly url: string;
  /** A connection of the test's own. */
  admin(): Redis | Cluster;
}

/** A Redis server for the tests of the file that calls this. */
export function useRedis(): () => OneServer {
  return use(() => start({}));
}

/** A Valkey server for the tests of the file that calls this. */
export function useValkey(): () => OneServer {
  return use(async () => start({ program: await valkeyProgram() }));
}

/** A cluster of Redis servers for the tests of the file that calls this. */
export function useCluster(): () => OneCluster {
  return use(() => OneCluster.start([], start));
}

async function start(options: RedisServerOptions): Promise<OneServer> {
  const server = await OneServer.make(options);
  await server.start();
  return server;
}

function use<T extends { end(): Promise<void> }>(startIt: () => Promise<T>): () => T {
  let started: T | undefined;
  beforeAll(async () => {
    started = await startIt();
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await started?.end();
  });
  return () => {
    if (started === undefined) throw new Error('The server is started before the tests');
    return started;
  };
}
