import { type Breakage, NO_BREAKAGE } from './breakage.ts';
import type { History } from './history/history.ts';
import { planFrom } from './plan.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

/** When faults have ended, every shard is served within this time, or never. */
const MAX_DRAIN_MS = 30 * 60 * 1000;

/** Calls and timers that are pending when the last shard is served end within this time. */
const AFTERMATH_MS = 60_000;

/** Plays the history of a seed: always the same one for the same seed. */
export async function simulate(seed: number, breakage: Breakage = NO_BREAKAGE): Promise<History> {
  const random = new Random(seed);
  const plan = planFrom(random.fork());
  const world = new World(plan, random, breakage);
  const { clock, history } = world;
  await clock.advance(plan.faultsMs);
  world.endFaults();
  const faultsEndedAt = history.now;
  while (world.isBusy && history.now - faultsEndedAt < MAX_DRAIN_MS) await clock.advance(1000);
  await clock.advance(AFTERMATH_MS);
  world.end();
  return history;
}
