import { type Estimate, WaitOverError } from '../src/index.ts';
import type { Request } from './request.ts';
import type { Asking, World } from './world.ts';

/** What a shard was told, and when. */
export interface Told {
  readonly shard: number;
  readonly at: number;
  readonly estimate: Estimate;
}

export function estimateOf(request: Request | undefined): Estimate {
  if (request?.error instanceof WaitOverError) return request.error.estimate;
  throw new Error('its wait is not over');
}

/** What a shard is told after a while in line, in which time goes on. */
export async function tell(world: World, shard: number, forMs: number, asking: Asking = {}) {
  const [request] = await world.askInTurn([shard], { ...asking, maxWaitMs: forMs });
  await world.advance(forMs);
  return estimateOf(request);
}

/** Has itself told every so many ms how things stand, and stays in line. */
export async function lookAround(
  world: World,
  shard: number,
  told: Told[],
  { everyMs = 512, ...asking }: Asking & { readonly everyMs?: number } = {},
): Promise<void> {
  // Nobody looks when another does, or in the moment of a permit.
  for (let maxWaitMs = 64.5 + shard; ; maxWaitMs = everyMs) {
    const request = world.ask(shard, { ...asking, maxWaitMs });
    await request.ended;
    if (request.error === undefined) return;
    told.push({ shard, at: world.now, estimate: estimateOf(request) });
  }
}
