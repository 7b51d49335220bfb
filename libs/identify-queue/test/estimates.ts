import { type Estimate, WaitOverError } from '../src/index.ts';
import type { Request } from './request.ts';
import type { Asking, World } from './world.ts';

/** An estimate that a shard got, and when it got it. */
export interface TimedEstimate {
  readonly shard: number;
  readonly at: number;
  readonly estimate: Estimate;
}

export function estimateOf(request: Request | undefined): Estimate {
  if (request?.error instanceof WaitOverError) return request.error.estimate;
  throw new Error('its wait did not end with an estimate');
}

/** Has a shard ask, and advances the clock by so many ms. Resolves to its estimate at the end of them. */
export async function estimateAfter(
  world: World,
  shard: number,
  forMs: number,
  asking: Asking = {},
) {
  const [request] = await world.askInTurn([shard], { ...asking, maxWaitMs: forMs });
  await world.advance(forMs);
  return estimateOf(request);
}

/** A shard asks with a limited wait again and again, until it is served. Its estimates go to `estimates`. */
export async function collectEstimates(
  world: World,
  shard: number,
  estimates: TimedEstimate[],
  { everyMs = 512, ...asking }: Asking & { readonly everyMs?: number } = {},
): Promise<void> {
  // No two shards get an estimate at the same moment, and none does at the moment of a permit.
  for (let maxWaitMs = 64.5 + shard; ; maxWaitMs = everyMs) {
    const request = world.ask(shard, { ...asking, maxWaitMs });
    await request.ended;
    if (request.error === undefined) return;
    estimates.push({ shard, at: world.now, estimate: estimateOf(request) });
  }
}
