import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { CountingServer } from './counting-server.ts';
import { RedisHarness } from './harness.ts';
import type { Store } from './servers/file-servers.ts';

const REPLICAS = ['a', 'b', 'c'];
const BOTS = ['default', 'other'];
const BUCKETS_OF_BOT = 64;

/** How far time moves on at once. An interval is a multiple, so that no bucket is open before its replicas look. */
const STEP_MS = 5;

/**
 * Shards that ask at three replicas, and again whenever they got their permit. Time stands still until all that follows
 * from a moment has happened, so that a busy machine changes nothing.
 */
export class Crowd {
  static readonly intervalMs = 50;
  /** Of all bots together. */
  static readonly buckets = BUCKETS_OF_BOT * BOTS.length;

  permits = 0;
  readonly #clock = new FakeClock();
  readonly #queues: readonly IdentifyQueue[];
  readonly #leaving = new AbortController();

  private constructor(
    readonly harness: RedisHarness,
    readonly server: CountingServer,
  ) {
    this.#queues = REPLICAS.map((name) => {
      const limiter = harness.replica(name);
      const { intervalMs } = Crowd;
      return new IdentifyQueue({ limiter, clock: this.#clock, onLimiterError: fail, intervalMs });
    });
  }

  static async open(store: Store): Promise<Crowd> {
    let server: CountingServer | undefined;
    const harness = await RedisHarness.open(store, {
      rules: { intervalMs: Crowd.intervalMs, marginMs: 0 },
      wrap: (timed) => (server = new CountingServer(timed)),
    });
    if (server === undefined) throw new Error('The harness wraps its server');
    for (const bot of BOTS) {
      await harness
        .replica()
        .setLimits(bot, { maxConcurrency: BUCKETS_OF_BOT, total: 1_000_000, source: 'default' });
    }
    return new Crowd(harness, server);
  }

  /** So many shards ask, as many of each bot at each replica. */
  async ask(shards: number): Promise<void> {
    for (let index = 0; index < shards; index++) {
      const bot = BOTS[index % BOTS.length];
      const shard = Math.floor(index / BOTS.length);
      const queue = this.#queues[shard % this.#queues.length];
      if (bot !== undefined && queue !== undefined) void this.#askAgainAndAgain(queue, bot, shard);
    }
    await this.#quiet();
  }

  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.harness.advance(STEP_MS);
      await this.#clock.advance(STEP_MS);
      await this.#quiet();
    }
  }

  async dispose(): Promise<void> {
    this.#leaving.abort();
    await this.#quiet();
    await Promise.all(this.#queues.map((queue) => queue.close()));
    await this.harness.dispose();
  }

  async #askAgainAndAgain(queue: IdentifyQueue, bot: string, shard: number): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      const permit = await queue
        .wait({ bot, shard, priority: 'normal' }, signal)
        .catch(() => undefined);
      if (permit !== undefined) this.permits += 1;
    }
  }

  /** Resolves when nothing goes on any more, neither here nor at the server nor on the way. */
  async #quiet(): Promise<void> {
    let before: number;
    do {
      before = this.server.total;
      await this.#clock.settle();
      while (!this.server.isIdle) await this.#clock.settle();
      await this.harness.connection.hasHeard();
      await this.#clock.settle();
    } while (this.server.total !== before || !this.server.isIdle);
  }
}

function fail(error: unknown): never {
  throw error;
}
