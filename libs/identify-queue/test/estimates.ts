import { type Estimate, WaitOverError } from '../src/index.ts';
import { expect } from 'vitest';
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

/** The estimates that the shards get from now on until they are served. */
export async function estimatesOf(
  world: World,
  shards: readonly number[],
  asking?: Parameters<typeof collectEstimates>[3],
): Promise<TimedEstimate[]> {
  const estimates: TimedEstimate[] = [];
  for (const shard of shards) {
    void collectEstimates(world, shard, estimates, asking);
    await world.settle();
  }
  return estimates;
}

/** Each estimate names the moment at which the shard was served. */
export function expectExact(world: World, estimates: readonly TimedEstimate[]): void {
  const servedAt = new Map(world.served.map((request) => [request.shard, request.servedAt]));
  const expected = estimates.map(({ shard, at, estimate: { estimatedWaitMs } }) => ({
    shard,
    at,
    servedAt: estimatedWaitMs === null ? null : at + estimatedWaitMs,
  }));
  expect(estimates.length).toBeGreaterThan(0);
  expect(expected).toEqual(
    estimates.map(({ shard, at }) => ({ shard, at, servedAt: servedAt.get(shard) })),
  );
}

/** The estimates that were given at this moment or later. */
export function since(estimates: readonly TimedEstimate[], moment: number): TimedEstimate[] {
  return estimates.filter(({ at }) => at >= moment);
}
