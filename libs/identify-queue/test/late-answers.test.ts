import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test.each([
  { replyDelayMs: 251 },
  { delayMs: 5000 },
  { fail: 'after', replyDelayMs: 300 } as const,
])(
  'P1 a permit that comes late (%o) is released, and its waiter gets another one at once',
  async (fault) => {
    const world = await openWorld();
    await world.meet('a');
    world.limiter().breakNext('tryAcquire', fault);
    const [first] = await world.askInTurn([0, 1, 2]);
    await world.advance(INTERVAL_MS * 4);
    expect(shardsOf(world.served)).toEqual([0, 1, 2]);
    const { calls, permits } = world.limiter();
    expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(1);
    // The used permit was given at the moment when it came, so that the next one follows an interval later.
    expect(permits.get(first?.permit?.id ?? '')?.at).toBe(
      world.startedAt + (first?.servedAt ?? Number.NaN),
    );
    expect(await world.remaining()).toBe(997);
  },
);

test('P1 a permit that comes less than 250 ms late is used', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 249 });
  const [first] = await world.askInTurn([0]);
  await world.advance(250);
  expect(first?.servedAt).toBe(249);
});

test('P2 a permit that is to be confirmed may come late, up to half of the time to confirm it', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 4000 });
  const [first] = await world.askInTurn([0], { confirm: true });
  await world.advance(4000);
  expect(first?.servedAt).toBe(4000);
  // The time that the answer took is taken off the time to confirm.
  expect(first?.permit?.confirmWithinMs).toBe(world.harness.rules.confirmTimeoutMs - 4000);
  await world.advance(60_000);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 6000 });
  await world.askInTurn([1], { confirm: true });
  await world.advance(60_000);
  expect(shardsOf(world.served)).toEqual([0, 1]);
  const { calls } = world.limiter();
  expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(1);
});

test('P4 no waiter passes one that was enrolled again while a permit of its own was being released', async () => {
  const world = await openWorld();
  await world.meet('a');
  await world.askInTurn([0, 1, 2]);
  await world.advance(INTERVAL_MS - 1);
  const limiter = world.limiter();
  // Shard 1's first permit is late and is released, so it is enrolled again. A second permit is given meanwhile. The
  // answers to both calls are lost, so the enrolment is repeated, without a place, and the second permit is late too.
  limiter.breakNext('tryAcquire', { replyDelayMs: 300 });
  limiter.breakNext('tryAcquire', { delayMs: 4, fail: 'after' });
  limiter.breakNext('tryAcquire', { replyDelayMs: 300 });
  limiter.breakNext('enter', { fail: 'after' });
  await world.advance(INTERVAL_MS * 3);
  const { calls } = limiter;
  expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(2);
  expect(shardsOf(world.served)).toEqual([0, 1, 2]);
});

test('P9 a waiter whose rank the limiter does not hold any more is enrolled again, and goes on', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [first] = await world.askInTurn([0, 1]);
  expect(first?.servedAt).toBe(0);
  // As when the replica is taken for dead.
  await world.limiter().leaveAll();
  await world.advance(INTERVAL_MS + 5);
  expect(shardsOf(world.served)).toEqual([0, 1]);
});

test('P4 after a late answer the limiter is asked for the waiter only once it is enrolled again, so that no other overtakes it', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 300 });
  await world.askInTurn([1, 2]);
  // The first try of the enrolment gives the waiter its rank, which must not be used up before the second try.
  world.limiter().breakNext('enter', { fail: 'after', replyDelayMs: 50 });
  world.limiter().breakNext('tryAcquire', { delayMs: 10, replyDelayMs: 300 });
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([1, 2]);
});
