import { type Cluster, type Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { ServerCluster } from './cluster.ts';
import { redisProgram, valkeyProgram } from './programs.ts';
import { SingleServer } from './single-server.ts';

/** Time enough, in ms, to install what is missing. */
const START_TIMEOUT_MS = 300_000;

/** What tests connect to. */
export interface Store {
  /** As REDIS_URL has it. */
  readonly url: string;
  connect(): Redis | Cluster;
}

/** A Redis server for the tests of the file that calls this. */
export function useRedis(...settings: string[]): () => SingleServer {
  return use(async () => SingleServer.start(await redisProgram(), settings));
}

/** A Valkey server for the tests of the file that calls this. */
export function useValkey(...settings: string[]): () => SingleServer {
  return use(async () => SingleServer.start(await valkeyProgram(), settings));
}

/** A cluster of Redis servers for the tests of the file that calls this. */
export function useCluster(): () => ServerCluster {
  return use(async () => ServerCluster.start(await redisProgram()));
}

function use<T extends { end(): Promise<void> }>(start: () => Promise<T>): () => T {
  let started: T | undefined;
  beforeAll(async () => {
    started = await start();
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await started?.end();
  });
  return () => {
    if (started === undefined) throw new Error('The server is started before the tests');
    return started;
  };
}
