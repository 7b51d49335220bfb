import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicNow, startFakeDiscord } from '../support/discord/index.ts';
import { seededRandom } from '../support/discord/random.ts';
import { DurableRedis } from './cluster/durable-redis.ts';
import { Replica } from './cluster/replica.ts';
import { Injector } from './faults/injector.ts';
import { planFaults } from './faults/plan.ts';
import type { Ask, Ending, History, Stay } from './history.ts';
import { DiscordBook } from './load/session-start-counter.ts';
import { LoopWatch } from './load/loop-watch.ts';
import { ShardClient } from './load/shard-client.ts';
import { Operator } from './store/operator.ts';
import { StoreRecord } from './store/store-recorder.ts';
import { BOTS, PREFIX, REPLICAS, RULES, serviceSettings } from './environment.ts';

export interface RunOptions {
  readonly seed: number;
  /** For how long there are faults. */
  readonly durationMs: number;
}

/**
 * Half of the seeds have a store that loses nothing that it has answered (appendfsync always), so that each place that
 * is gone is somebody's fault. With the others it is as Redis is by default (everysec): at its end up to a second of it
 * may be lost, and that is made to happen, since no kernel dies here.
 */
function mayLose(seed: number): boolean {
  return seed % 2 === 1;
}

export interface Run {
  readonly history: History;
  /** How many faults there were of each kind. */
  readonly faults: ReadonlyMap<string, number>;
}

/** How often the store's record is copied, ms. */
const READ_MS = 200;

/** How long those who wait when the last fault is over may take to be served, ms. */
const DRAIN_MS = 45_000;

/** Until all that was under way is over, ms: permits that are released on their own account. */
const SETTLE_MS = 1500;

/** Lets everything go wrong for a while, on processes of its own that have all ended when it resolves or rejects. */
export async function runChaos({ seed, durationMs }: RunOptions): Promise<Run> {
  await using cleanUp = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'chaos-'));
  cleanUp.defer(() => rm(dir, { recursive: true, force: true }));
  const discord = await startFakeDiscord({ bots: BOTS, windowMs: 0 });
  cleanUp.defer(() => discord.close());
  const redis = await DurableRedis.start(dir, mayLose(seed) ? 'everysec' : 'always');
  cleanUp.defer(() => redis.end());

  const settings = await serviceSettings(dir, discord.url);
  const endings: Ending[] = [];
  const replicas: Replica[] = [];
  for (let index = 0; index < REPLICAS; index += 1) {
    const replica = await Replica.make(
      index,
      redis.port,
      (redisUrl) => ({ ...settings, REDIS_URL: redisUrl }),
      (ending) => endings.push(ending),
    );
    cleanUp.defer(() => replica.close());
    replicas.push(replica);
  }
  await Promise.all(replicas.map((replica) => replica.start()));

  const record = new StoreRecord(
    redis.port,
    PREFIX,
    BOTS.map(({ name }) => name),
  );
  cleanUp.defer(() => record.close());
  const operator = new Operator(redis.port, PREFIX, RULES);
  cleanUp.defer(() => operator.close());
  const loop = new LoopWatch();
  cleanUp.defer(() => loop.stop());

  const lastCall = new AbortController();
  const over = new AbortController();
  cleanUp.defer(() => over.abort());
  const asks: Ask[] = [];
  const stays: Stay[] = [];
  const book = new DiscordBook(discord);
  const load = {
    urls: replicas.map(({ url }) => url),
    book,
    loop,
    asks,
    stays,
    lastCall: lastCall.signal,
    over: over.signal,
  };
  const random = seededRandom(seed);
  const clients = BOTS.flatMap(({ name, shards, unnamed }) =>
    [...Array(shards).keys(), ...Array<null>(unnamed).fill(null)].map(
      (shard) => new ShardClient(load, name, shard, seededRandom(random() * 2 ** 32)),
    ),
  );
  const served = Promise.all(clients.map((client) => client.run()));
  const reading = keepReading(record, over.signal);

  const injector = new Injector({ replicas, redis, discord, operator });
  const startedAt = monotonicNow();
  const plan = planFaults({
    seed,
    durationMs,
    replicas: REPLICAS,
    bots: Object.fromEntries(BOTS.map(({ name, concurrencies }) => [name, concurrencies])),
    losses: mayLose(seed),
  });
  for (const { at, fault } of plan) {
    await sleep(Math.max(startedAt + at - monotonicNow(), 0));
    injector.inject(fault);
  }
  await sleep(Math.max(startedAt + durationMs - monotonicNow(), 0));
  await injector.idle();
  for (const { link } of replicas) link.heal();
  await Promise.all(replicas.map((replica) => replica.start()));
  const calmFrom = monotonicNow();
  lastCall.abort();
  await Promise.race([served, sleep(DRAIN_MS, undefined, { ref: false })]);
  over.abort();
  await served;
  await reading;
  await sleep(SETTLE_MS);
  if (!(await record.read())) throw new Error('The store cannot be read at the end');

  const { counts, lossesAt, pauses, troubles } = injector;
  const history: History = {
    rules: RULES,
    asks,
    stays,
    permits: record.permits,
    buckets: record.buckets,
    troubles,
    pauses,
    starts: book.starts,
    endings,
    lossesAt,
    calmFrom,
  };
  return { history, faults: counts };
}

async function keepReading(record: StoreRecord, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await record.read();
    await sleep(READ_MS);
  }
}
