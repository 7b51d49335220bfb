import type {
  LimiterRules,
  LimitsReport,
  Priority,
  WaiterView,
} from '@gateway-queue/identify-limiter';
import { onTestFinished } from 'vitest';
import { SqliteHarness } from '../../store-sqlite/test/limiter/harness.ts';
import { IdentifyQueue } from '../src/index.ts';
import { FaultyLimiter, type KnownPermit } from '../testing/faulty-limiter.ts';
import { INTERVAL_MS } from './numbers.ts';
import { Request } from './request.ts';

export const BOT = 'default';

/** Asks only so that a replica learns the limits, and never comes back to its place. */
const A_SHARD_OF_ITS_OWN = 1_000_000;

/** How a shard asks, and which replica. */
export interface Asking {
  readonly bot?: string;
  readonly replica?: string;
  readonly priority?: Priority;
  readonly confirm?: boolean;
  readonly maxWaitMs?: number;
}

interface Replica {
  readonly limiter: FaultyLimiter;
  readonly queue: IdentifyQueue;
}

/** Several replicas over one local limiter, on a clock that only the test moves. */
export class World {
  readonly harness: SqliteHarness;
  /** All requests, in the order in which they were made. */
  readonly requests: Request[] = [];
  /** The requests that got a permit, in the order of their permits. */
  readonly served: Request[] = [];
  readonly errors: unknown[] = [];
  #replicas = new Map<string, Replica>();
  #zero: number;

  /** Begins with a new store, which has no limits and lets one interval pass. */
  constructor(where: 'file' | 'memory' = 'memory', rules: Partial<LimiterRules> = {}) {
    this.harness = new SqliteHarness(where, { rules });
    this.#zero = this.harness.clock.now();
  }

  /** When {@link now} was 0, on the limiter's clock. */
  get startedAt(): number {
    return this.#zero;
  }

  /** Ms since the world began, or since its buckets were opened. */
  get now(): number {
    return this.harness.clock.now() - this.#zero;
  }

  /** The limiter for operators and for the gateway info provider. */
  get control() {
    return this.harness.replica('control');
  }

  queue(replica = 'a'): IdentifyQueue {
    return this.#replica(replica).queue;
  }

  limiter(replica = 'a'): FaultyLimiter {
    return this.#replica(replica).limiter;
  }

  /** A shard asks. An immediate answer comes with the next {@link settle}. */
  ask(shard: number | null, asking: Asking = {}): Request {
    const request = new Request(shard, asking.replica ?? 'a');
    this.requests.push(request);
    request.ended = this.#hold(request, asking);
    return request;
  }

  /** Shards ask one after the other, each once the queue has dealt with the one before. */
  async askInTurn(shards: readonly (number | null)[], asking: Asking = {}): Promise<Request[]> {
    const requests: Request[] = [];
    for (const shard of shards) {
      requests.push(this.ask(shard, asking));
      await this.settle();
    }
    return requests;
  }

  /** How the limiter gave the request its permit. */
  usedBy({ permit, replica }: Request): KnownPermit | undefined {
    return this.limiter(replica).permits.get(permit?.id ?? '');
  }

  advance(ms: number): Promise<void> {
    return this.harness.advance(ms);
  }

  advanceTo(moment: number): Promise<void> {
    return this.advance(moment - this.now);
  }

  settle(): Promise<void> {
    return this.advance(0);
  }

  /** Resolves after so many ms on the world's clock. */
  later(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.harness.clock.setTimer(ms, resolve);
    });
  }

  /** Reports limits, with 1000 session starts by default. */
  async setLimits(maxConcurrency: number, rest: Partial<LimitsReport> = {}): Promise<void> {
    await this.control.setLimits(BOT, { maxConcurrency, total: 1000, source: 'default', ...rest });
  }

  async remaining(): Promise<number | undefined> {
    return (await this.control.limits(BOT))?.remaining;
  }

  /** The requests that wait, as the limiter knows them. */
  async waiters(): Promise<readonly WaiterView[]> {
    return (await this.control.waiters(BOT)).waiters;
  }

  async pause(durationMs: number | null = null, bucket: number | null = null): Promise<void> {
    await this.control.pause({ bot: BOT, bucket, reason: 'test', by: 'tester', durationMs });
  }

  resume(bucket: number | null = null): Promise<boolean> {
    return this.control.resume({ bot: BOT, bucket });
  }

  /** Lets the interval of a new store pass; from here on {@link now} counts from 0. */
  async open(maxConcurrency = 1, rest: Partial<LimitsReport> = {}): Promise<this> {
    await this.setLimits(maxConcurrency, rest);
    await this.advance(INTERVAL_MS);
    this.#zero = this.harness.clock.now();
    return this;
  }

  /** Has replicas learn the limits, which otherwise costs their first request one more question. */
  async meet(...replicas: string[]): Promise<void> {
    await this.pause();
    for (const replica of replicas) {
      const request = this.ask(A_SHARD_OF_ITS_OWN, { replica });
      await this.settle();
      request.hangUp();
      await this.settle();
      this.limiter(replica).calls.length = 0;
    }
    this.requests.length = 0;
    await this.resume();
  }

  /**
   * Kills all replicas, so that no request is answered any more, and starts over, on the same state if it is in a
   * file.
   */
  async crash(downMs = 0): Promise<void> {
    for (const { limiter } of this.#replicas.values()) limiter.killed = true;
    this.#replicas = new Map();
    await this.harness.restart({ downMs });
  }

  dispose(): Promise<void> {
    return this.harness.dispose();
  }

  async #hold(
    request: Request,
    { bot = BOT, priority = 'normal', confirm = false, maxWaitMs }: Asking,
  ): Promise<void> {
    const { shard, signal } = request;
    try {
      request.permit = await this.queue(request.replica).wait(
        { bot, shard, priority, confirm },
        signal,
        maxWaitMs,
      );
      request.servedAt = this.now;
      this.served.push(request);
    } catch (error) {
      request.error = error;
    }
    request.settled += 1;
    request.settledAt = this.now;
  }

  #replica(name: string): Replica {
    const existing = this.#replicas.get(name);
    if (existing !== undefined) return existing;
    const { clock, intervalMs } = this.harness;
    const limiter = new FaultyLimiter(this.harness.replica(name), clock);
    const onLimiterError = (error: unknown): void => void this.errors.push(error);
    const queue = new IdentifyQueue({ limiter, clock, onLimiterError, intervalMs });
    const replica = { limiter, queue };
    this.#replicas.set(name, replica);
    return replica;
  }
}

/** A world that ends with the test. */
export function newWorld(
  where: 'file' | 'memory' = 'memory',
  rules?: Partial<LimiterRules>,
): World {
  const world = new World(where, rules);
  onTestFinished(() => world.dispose());
  return world;
}

/** A world that ends with the test, with limits, and whose buckets are open. */
export function openWorld(maxConcurrency = 1, rest: Partial<LimitsReport> = {}): Promise<World> {
  return newWorld().open(maxConcurrency, rest);
}
