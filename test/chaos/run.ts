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
import type { PermitRequest, ProcessExit, History, ShardWait } from './history.ts';
import { SessionStartCounter } from './load/session-start-counter.ts';
import { EventLoopMonitor } from './load/event-loop-monitor.ts';
import { ShardClient } from './load/shard-client.ts';
import { Operator } from './store/operator.ts';
import { StoreRecorder } from './store/store-recorder.ts';
import { BOTS, PREFIX, REPLICAS, RULES, serviceSettings } from './environment.ts';

export interface RunOptions {
  readonly seed: number;
  /** For how long faults are injected. */
  readonly durationMs: number;
}

/**
 * Whether the store may lose writes in a run of this seed.
 *
 * With even seeds the store loses nothing that it has answered (appendfsync always), so that each lost place is a violation.
 * With odd seeds it is configured as Redis is by default (everysec): a crash may lose the last second. The injector makes
 * that happen, because killing the process alone loses nothing.
 */
function losesWrites(seed: number): boolean {
  return seed % 2 === 1;
}

export interface Run {
  readonly history: History;
  /** How many faults there were of each kind. */
  readonly faultCounts: ReadonlyMap<string, number>;
}

/** How often the store's permits are read, ms. */
const READ_MS = 200;

/** How long the shards that wait when the last fault is over may take to be served, ms. */
const DRAIN_MS = 90_000;

/** After this time all pending calls are done, such as releases, ms. */
const SETTLE_MS = 1500;

/** Runs the service with clients while faults are injected. All processes that it starts have ended when it resolves or rejects. */
export async function runChaos({ seed, durationMs }: RunOptions): Promise<Run> {
  await using cleanUp = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'chaos-'));
  cleanUp.defer(() => rm(dir, { recursive: true, force: true }));
  const discord = await startFakeDiscord({ bots: BOTS, windowMs: 0 });
  cleanUp.defer(() => discord.close());
  const redis = await DurableRedis.start(dir, losesWrites(seed) ? 'everysec' : 'always');
  cleanUp.defer(() => redis.end());

  const settings = await serviceSettings(dir, discord.url);
  const exits: ProcessExit[] = [];
  const replicas: Replica[] = [];
  for (let index = 0; index < REPLICAS; index += 1) {
    const replica = await Replica.make(
      index,
      redis.port,
      (redisUrl) => ({ ...settings, REDIS_URL: redisUrl }),
      (ending) => exits.push(ending),
    );
    cleanUp.defer(() => replica.close());
    replicas.push(replica);
  }
  await Promise.all(replicas.map((replica) => replica.start()));

  const recorder = new StoreRecorder(
    redis.port,
    PREFIX,
    BOTS.map(({ name }) => name),
  );
  cleanUp.defer(() => recorder.close());
  const operator = new Operator(redis.port, PREFIX, RULES);
  cleanUp.defer(() => operator.close());
  const loop = new EventLoopMonitor();
  cleanUp.defer(() => loop.stop());

  const faultsOver = new AbortController();
  const over = new AbortController();
  cleanUp.defer(() => over.abort());
  const requests: PermitRequest[] = [];
  const shardWaits: ShardWait[] = [];
  const sessionStarts = new SessionStartCounter(discord);
  const load = {
    urls: replicas.map(({ url }) => url),
    sessionStarts,
    loop,
    requests,
    shardWaits,
    faultsOver: faultsOver.signal,
    over: over.signal,
  };
  const random = seededRandom(seed);
  const clients = BOTS.flatMap(({ name, shards, unnamed }) =>
    [...Array(shards).keys(), ...Array<null>(unnamed).fill(null)].map(
      (shard) => new ShardClient(load, name, shard, seededRandom(random() * 2 ** 32)),
    ),
  );
  const served = Promise.all(clients.map((client) => client.run()));
  const reading = keepReading(recorder, over.signal);

  const injector = new Injector({ replicas, redis, discord, operator });
  const startedAt = monotonicNow();
  const plan = planFaults({
    seed,
    durationMs,
    replicas: REPLICAS,
    bots: Object.fromEntries(BOTS.map(({ name, concurrencies }) => [name, concurrencies])),
    losses: losesWrites(seed),
  });
  for (const { at, fault } of plan) {
    await sleep(Math.max(startedAt + at - monotonicNow(), 0));
    injector.inject(fault);
  }
  await sleep(Math.max(startedAt + durationMs - monotonicNow(), 0));
  await injector.idle();
  for (const { link } of replicas) link.heal();
  await Promise.all(replicas.map((replica) => replica.start()));
  const faultsOverAt = monotonicNow();
  faultsOver.abort();
  await Promise.race([served, sleep(DRAIN_MS, undefined, { ref: false })]);
  over.abort();
  await served;
  await reading;
  await sleep(SETTLE_MS);
  if (!(await recorder.read())) throw new Error('The store cannot be read at the end');

  const { counts, lossesAt, pauses, faults } = injector;
  const history: History = {
    rules: RULES,
    requests,
    shardWaits,
    permits: recorder.permits,
    buckets: recorder.buckets,
    faults,
    pauses,
    starts: sessionStarts.starts,
    exits,
    lossesAt,
    faultsOverAt,
  };
  return { history, faultCounts: counts };
}

async function keepReading(recorder: StoreRecorder, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await recorder.read();
    await sleep(READ_MS);
  }
}
