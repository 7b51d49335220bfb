import { randomUUID } from 'node:crypto';
import type { Clock, LimiterRules } from '@gateway-queue/identify-limiter';
import {
  DEFAULT_RULES,
  FakeClock,
  type HarnessOptions,
  type LimiterHarness,
  type RestartOptions,
} from '@gateway-queue/identify-limiter/testing';
import { RedisLimiter } from '../src/limiter/redis-limiter.ts';
import type { PlaceRules } from '../src/limiter/rules-argument.ts';
import type { Server } from '../src/connection/server.ts';
import { Connection } from './connection.ts';
import { excuseSilence, haveSentHeartbeats } from './heartbeats.ts';
import type { Store } from './servers/file-servers.ts';
import { TIME_SOURCE, TimedServer } from './timed-server.ts';

export interface RedisHarnessOptions extends HarnessOptions {
  readonly maxPlaces?: number;
  /** Stands between the limiters and the server. */
  readonly wrap?: (server: Server) => Server;
}

/** A limiter on a real server, whose clock only the test moves. */
export class RedisHarness implements LimiterHarness {
  readonly placeTtlMs = 90_000;
  readonly maxPlaces: number;
  readonly deadReplicaMs = 3000;
  readonly settleMs = 100;
  rules: LimiterRules;
  readonly #timed: TimedServer;
  readonly #server: Server;
  readonly #replicas = new Map<string, RedisLimiter>();
  /** The names under which the server knows the replicas that live. */
  readonly #alive = new Set<string>();
  #run = 0;

  private constructor(
    readonly prefix: string,
    readonly connection: Connection,
    { rules, maxPlaces = 8, wrap }: RedisHarnessOptions,
  ) {
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.maxPlaces = maxPlaces;
    this.#timed = new TimedServer(connection.server);
    this.#server = wrap?.(this.#timed) ?? this.#timed;
  }

  static async open(store: Store, options: RedisHarnessOptions = {}): Promise<RedisHarness> {
    const prefix = randomUUID();
    return new RedisHarness(prefix, await Connection.open(store, prefix), options);
  }

  get intervalMs(): number {
    return this.rules.intervalMs + this.rules.marginMs;
  }

  replica(name = 'a'): RedisLimiter {
    const existing = this.#replicas.get(name);
    if (existing !== undefined) return existing;
    const limiter = new RedisLimiter({
      server: this.#server,
      prefix: this.prefix,
      bots: [],
      rules: this.rules,
      placeTtlMs: this.placeTtlMs,
      maxPlaces: this.maxPlaces,
      clock: STILL,
      replica: this.#nameOf(name),
      timeSource: TIME_SOURCE,
    });
    this.#alive.add(this.#nameOf(name));
    this.#replicas.set(name, limiter);
    return limiter;
  }

  /** All replicas live on meanwhile, as if they had sent heartbeats all the time. */
  async advance(ms: number): Promise<void> {
    this.#timed.moveClock(ms);
    await haveSentHeartbeats(this.#timed, this.prefix, this.#allRules(), this.#alive);
  }

  /** The replica sends no more heartbeats. What it still asks counts as a sign of life. */
  stopHeartbeats(name: string): void {
    this.#alive.delete(this.#nameOf(name));
  }

  startHeartbeats(name: string): void {
    this.#alive.add(this.#nameOf(name));
  }

  jumpWall(): void {
    // No wall clock but the server's is looked at.
  }

  /** Sets the server's clock, without time passing. */
  jumpServerClock(byMs: number): void {
    this.#timed.moveClock(byMs);
  }

  async restart({ downMs = 0, rules }: RestartOptions = {}): Promise<void> {
    this.#replicas.clear();
    this.#alive.clear();
    this.#run += 1;
    this.rules = { ...this.rules, ...rules };
    this.#timed.moveClock(downMs);
    await excuseSilence(this.#timed, this.prefix, this.#allRules());
  }

  async dispose(): Promise<void> {
    await this.connection.end();
  }

  #allRules(): LimiterRules & PlaceRules {
    return { ...this.rules, placeTtlMs: this.placeTtlMs, maxPlaces: this.maxPlaces };
  }

  #nameOf(name: string): string {
    return `${name}-${this.#run}`;
  }
}

/** No timer fires: the harness keeps the replicas alive itself. */
const STILL: Clock = Object.assign(new FakeClock(), { setTimer: () => () => undefined });
