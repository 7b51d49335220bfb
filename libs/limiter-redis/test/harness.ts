import { randomUUID } from 'node:crypto';
import { type Clock, type LimiterRules } from '@gateway-queue/identify-limiter';
import {
  DEFAULT_RULES,
  FakeClock,
  type HarnessOptions,
  type LimiterHarness,
  type RestartOptions,
} from '@gateway-queue/identify-limiter/testing';
import { Redis } from 'ioredis';
import { RedisLimiter, RedisServer } from '../src/index.ts';
import { keysOf } from '../src/keys.ts';

const BOTS = ['default', 'other'];

/** A limiter on a real server, whose clock is a key that only the test moves. */
export class RedisHarness implements LimiterHarness {
  readonly placeTtlMs = 90_000;
  readonly maxPlaces = 8;
  readonly deadReplicaMs = 3000;
  readonly settleMs = 100;
  rules: LimiterRules;
  readonly #prefix: string;
  readonly #commands: Redis;
  readonly #server: RedisServer;
  readonly #replicas = new Map<string, RedisLimiter>();
  readonly #names = new Set<string>();
  #run = 0;
  /** Microseconds. A time of the year 2026, so that all numbers are as long as they are in earnest. */
  #now = 1_800_000_000_000_000;

  private constructor(
    { rules }: HarnessOptions,
    prefix: string,
    commands: Redis,
    server: RedisServer,
  ) {
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.#prefix = prefix;
    this.#commands = commands;
    this.#server = server;
  }

  static async open(port: number, options: HarnessOptions = {}): Promise<RedisHarness> {
    const prefix = randomUUID();
    const server = await RedisServer.open({
      url: `redis://127.0.0.1:${port}`,
      prefix,
      clock: STILL,
      onProblem: (problem) => {
        throw problem;
      },
    });
    const harness = new RedisHarness(options, prefix, new Redis(port, '127.0.0.1'), server);
    await harness.#setClock();
    return harness;
  }

  get intervalMs(): number {
    return this.rules.intervalMs + this.rules.marginMs;
  }

  replica(name = 'a'): RedisLimiter {
    const existing = this.#replicas.get(name);
    if (existing !== undefined) return existing;
    const replica = `${name}-${this.#run}`;
    const limiter = new RedisLimiter({
      server: this.#server,
      prefix: this.#prefix,
      bots: [],
      rules: this.rules,
      placeTtlMs: this.placeTtlMs,
      maxPlaces: this.maxPlaces,
      clock: STILL,
      replica,
      timeSource: `local raw = tonumber(redis.call('GET', '${this.#prefix}:clock'))`,
    });
    this.#names.add(replica);
    this.#replicas.set(name, limiter);
    return limiter;
  }

  /** All replicas live on meanwhile, as if their hearts had beaten all the time. */
  async advance(ms: number): Promise<void> {
    this.#now += Math.round(ms * 1000);
    const pipeline = this.#commands.pipeline();
    for (const bot of BOTS) {
      const replicas = keysOf(this.#prefix, bot).find((key) => key.endsWith(':replicas')) ?? '';
      for (const name of this.#names) pipeline.zadd(replicas, 'XX', this.#now, name);
    }
    await pipeline.exec();
    await this.#setClock();
  }

  jumpWall(): void {
    // No wall clock but the server's is looked at.
  }

  async restart({ downMs = 0, rules }: RestartOptions = {}): Promise<void> {
    this.#replicas.clear();
    this.#names.clear();
    this.#run += 1;
    this.rules = { ...this.rules, ...rules };
    await this.advance(downMs);
  }

  async dispose(): Promise<void> {
    this.#commands.disconnect();
    await this.#server.close();
  }

  async #setClock(): Promise<void> {
    await this.#commands.set(`${this.#prefix}:clock`, String(this.#now));
  }
}

/** No timer fires: the harness keeps the replicas alive itself. */
const STILL: Clock = Object.assign(new FakeClock(), { setTimer: () => () => undefined });
