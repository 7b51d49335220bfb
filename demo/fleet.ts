import type { DemoBot } from './bots.ts';
import type { Chance, Range } from './demo-random.ts';
import { drawManner } from './behaviours.ts';
import { DemoShard, type Places } from './shard.ts';

/** Between two deployments, and so many shards are in a process that is deployed. */
const DEPLOYMENT_MS: Range = [50_000, 110_000];
const SHARDS_IN_PROCESS = 24;

/** All shards of a bot, in processes that are deployed anew now and then. Resolves when the signal is aborted. */
export async function runFleet(
  bot: DemoBot,
  places: Places,
  chance: Chance,
  signal: AbortSignal,
): Promise<void> {
  const shards = Array.from({ length: bot.shards }, (_, id) => {
    const lot = chance.fork();
    return new DemoShard(bot, id, places, drawManner(lot), lot);
  });
  await Promise.all([
    ...shards.map((shard) => shard.live(signal)),
    deploy(shards, chance, signal).catch(() => undefined),
  ]);
}

async function deploy(
  shards: readonly DemoShard[],
  chance: Chance,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await chance.pause(DEPLOYMENT_MS, signal);
    const first = chance.below(Math.ceil(shards.length / SHARDS_IN_PROCESS)) * SHARDS_IN_PROCESS;
    for (const shard of shards.slice(first, first + SHARDS_IN_PROCESS)) shard.restart();
  }
}
