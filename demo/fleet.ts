import type { DemoBot } from './bots.ts';
import type { DemoRandom, Range } from './demo-random.ts';
import { pickBehaviour } from './behaviours.ts';
import { DemoShard, type Endpoints } from './shard.ts';

/** The time between two deployments. */
const DEPLOYMENT_MS: Range = [50_000, 110_000];

/** A deployment restarts one process with this many shards. */
const SHARDS_IN_PROCESS = 24;

/** Runs all shards of a bot, and deploys one of their processes anew from time to time. Resolves when the signal is aborted. */
export async function runFleet(
  bot: DemoBot,
  endpoints: Endpoints,
  random: DemoRandom,
  signal: AbortSignal,
): Promise<void> {
  const shards = Array.from({ length: bot.shards }, (_, id) => {
    const own = random.fork();
    return new DemoShard(bot, id, endpoints, pickBehaviour(own), own);
  });
  await Promise.all([
    ...shards.map((shard) => shard.run(signal)),
    deploy(shards, random, signal).catch(() => undefined),
  ]);
}

async function deploy(
  shards: readonly DemoShard[],
  random: DemoRandom,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await random.sleep(DEPLOYMENT_MS, signal);
    const first = random.below(Math.ceil(shards.length / SHARDS_IN_PROCESS)) * SHARDS_IN_PROCESS;
    for (const shard of shards.slice(first, first + SHARDS_IN_PROCESS)) shard.restart();
  }
}
