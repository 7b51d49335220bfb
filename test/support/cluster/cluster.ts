import { vi } from 'vitest';

import { askFor, type HeldRequest } from '../http/held-request.ts';
import { startService, type Service, type ServiceOptions } from '../service/service.ts';
import { RedisServer, type RedisServerOptions } from '../redis-server.ts';
import { countRanks } from './shared-state.ts';

/** Between two reads of the server, and for how long at most, ms. */
const POLLING = { interval: 5, timeout: 30_000 };

/** No IDENTIFY is on its way here. */
const SETTINGS = { IDENTIFY_MARGIN_MS: '0' };

type Settings = Readonly<Record<string, string>>;

/** Replicas of the service over one Redis server, for one test. */
export class Cluster {
  readonly replicas: Service[] = [];
  readonly #asked: HeldRequest[] = [];

  private constructor(
    readonly redis: RedisServer,
    private readonly settings: Settings,
  ) {}

  static async start(
    count: number,
    settings: Settings,
    { redis = {}, ...options }: ServiceOptions & { readonly redis?: RedisServerOptions } = {},
  ): Promise<Cluster> {
    const cluster = new Cluster(await RedisServer.running(redis), { ...SETTINGS, ...settings });
    try {
      await Promise.all(Array.from({ length: count }, () => cluster.add(options)));
    } catch (error) {
      await cluster.end();
      throw error;
    }
    return cluster;
  }

  /** Starts one more. */
  async add(options: ServiceOptions = {}): Promise<Service> {
    const replica = await startService({ ...this.settings, REDIS_URL: this.redis.url }, options);
    this.replicas.push(replica);
    return replica;
  }

  /** The replica of this number, in the order in which they started. */
  replica(index: number): Service {
    const replica = this.replicas[index];
    if (replica === undefined) throw new Error(`There is no replica ${index}`);
    return replica;
  }

  /** Asks one of the replicas for this shard, on `/`. */
  ask(index: number, shard: number): HeldRequest {
    const request = askFor(this.replica(index).url, shard);
    this.#asked.push(request);
    return request;
  }

  /** The same, and resolves once the shard has its rank. */
  async join(index: number, shard: number): Promise<HeldRequest> {
    const { client } = this.redis;
    const before = await countRanks(client);
    const request = this.ask(index, shard);
    await vi.waitFor(async () => {
      if ((await countRanks(client)) <= before) throw new Error(`Shard ${shard} has no rank yet`);
    }, POLLING);
    return request;
  }

  /** What the readiness probe of each replica answers. */
  readiness(): Promise<number[]> {
    return Promise.all(this.replicas.map(({ url }) => probe(url, 'ready')));
  }

  /** What the liveness probe of each replica answers. */
  liveness(): Promise<number[]> {
    return Promise.all(this.replicas.map(({ url }) => probe(url, 'live')));
  }

  /** Resolves when all replicas answer their readiness probes with this. */
  async untilReadiness(code: 200 | 503): Promise<void> {
    await vi.waitFor(async () => {
      const codes = await this.readiness();
      if (codes.some((other) => other !== code)) throw new Error(`Readiness is ${codes.join()}`);
    }, POLLING);
  }

  /** All that the replicas ever wrote. */
  output(): string {
    return this.replicas.map((replica) => replica.output()).join('\n');
  }

  async end(): Promise<void> {
    for (const request of this.#asked) request.hangUp();
    await Promise.all(this.replicas.map((replica) => replica.kill()));
    await this.redis.end();
  }
}

async function probe(url: string, name: 'ready' | 'live'): Promise<number> {
  const response = await fetch(`${url}/health/${name}`, { headers: { connection: 'close' } });
  await response.arrayBuffer();
  return response.status;
}
