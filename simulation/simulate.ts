import { type Breakage, SOUND } from './breakage.ts';
import type { History } from './history/history.ts';
import { planFrom } from './plan.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

/** Once trouble is over, everybody is served in so many ms, or never. */
const MAX_DRAIN_MS = 30 * 60 * 1000;

/** What is under way when the last one is served is over in so many ms. */
const AFTERMATH_MS = 60_000;

/** Plays the one history that belongs to a seed. */
export async function simulate(seed: number, broken: Breakage = SOUND): Promise<History> {
  const random = new Random(seed);
  const plan = planFrom(random.fork());
  const world = new World(plan, random, broken);
  const { clock, history } = world;
  await clock.advance(plan.troubleMs);
  world.calm();
  const calmSince = history.now;
  while (world.isBusy && history.now - calmSince < MAX_DRAIN_MS) await clock.advance(1000);
  await clock.advance(AFTERMATH_MS);
  world.end();
  return history;
}
