import { DEFAULT_RULES } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { estimatesOf, expectExact, since } from './estimates.ts';
import { BOT, openWorld } from './world.ts';

/** How long a pending permit that is never confirmed keeps its bucket closed. */
const PENDING_MS = DEFAULT_RULES.confirmTimeoutMs + INTERVAL_MS;

test('while a permit is pending, the next in line is told the latest moment, and each one behind it an interval more', async () => {
  const world = await openWorld();
  await world.askInTurn([0], { confirm: true });
  const estimates = await estimatesOf(world, [1, 2, 3], { confirm: true });
  await world.advance(PENDING_MS - 1);
  const expected = estimates.map(({ shard, at, estimate: { position, estimatedWaitMs } }) => ({
    shard,
    position,
    servedAt: at + Number(estimatedWaitMs),
  }));
  const at = (shard: number) => PENDING_MS + (shard - 1) * INTERVAL_MS;
  expect(expected).toEqual(
    estimates.map(({ shard }) => ({ shard, position: shard, servedAt: at(shard) })),
  );
  // No permit is confirmed, so the estimate is right for the next in line, and too early for the waiters behind it.
  await world.advance(1);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, PENDING_MS]);
  await world.advance(PENDING_MS);
  expect(world.served.at(-1)?.servedAt).toBe(2 * PENDING_MS);
});

test('when a permit is confirmed, the next in line is told an earlier moment, and goes then', async () => {
  const world = await openWorld();
  const [first] = await world.askInTurn([0], { confirm: true });
  const estimates = await estimatesOf(world, [1], { confirm: true });
  await world.advance(1000);
  expect(estimates.map(({ at, estimate }) => at + Number(estimate.estimatedWaitMs))).toEqual([
    PENDING_MS,
    PENDING_MS,
  ]);
  if (first?.permit !== undefined) await world.control.confirm(BOT, first.permit.id);
  await world.settle();
  await world.advance(INTERVAL_MS);
  expect(world.served.at(-1)?.servedAt).toBe(1000 + DEFAULT_RULES.intervalMs);
  expectExact(world, since(estimates, 1000));
});
