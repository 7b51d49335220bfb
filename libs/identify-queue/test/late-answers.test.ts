import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

test.each([
  { replyDelayMs: 251 },
  { delayMs: 5000 },
  { fail: 'after', replyDelayMs: 300 } as const,
])(
  'P1 a permit that comes late (%o) is released, and its waiter has another one at once',
  async (fault) => {
    const world = await openWorld();
    await world.meet('a');
    world.limiter().breakNext('tryAcquire', fault);
    const [first] = await world.askInTurn([0, 1, 2]);
    await world.advance(INTERVAL_MS * 4);
    expect(shardsOf(world.served)).toEqual([0, 1, 2]);
    const { calls, permits } = world.limiter();
    expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(1);
    // Decided when it was handed out, so that the next one comes an interval after that.
    expect(permits.get(first?.permit?.id ?? '')?.at).toBe(
      world.startedAt + (first?.servedAt ?? Number.NaN),
    );
    expect(await world.remaining()).toBe(997);
  },
);

test('P1 a permit that comes a little late is used', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 249 });
  const [first] = await world.askInTurn([0]);
  await world.advance(250);
  expect(first?.servedAt).toBe(249);
});

test('P2 a permit that will be confirmed may come late, while there is time enough to confirm it', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 4000 });
  const [first] = await world.askInTurn([0], { confirm: true });
  await world.advance(4000);
  expect(first?.servedAt).toBe(4000);
  // What was lost on the way is not there any more to confirm it in.
  expect(first?.permit?.confirmWithinMs).toBe(world.harness.rules.confirmTimeoutMs - 4000);
  await world.advance(60_000);
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 6000 });
  await world.askInTurn([1], { confirm: true });
  await world.advance(60_000);
  expect(shardsOf(world.served)).toEqual([0, 1]);
  const { calls } = world.limiter();
  expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(1);
});

test('P4 nobody passes a waiter that entered anew while a permit of its own was on its way back', async () => {
  const world = await openWorld();
  await world.meet('a');
  await world.askInTurn([0, 1, 2]);
  await world.advance(INTERVAL_MS - 1);
  const limiter = world.limiter();
  // Its first permit is late. Its second is given behind its back, as it enters for the first one's sake: the answers
  // to both are lost, so it enters again, without a place, and the permit is late as well.
  limiter.breakNext('tryAcquire', { replyDelayMs: 300 });
  limiter.breakNext('tryAcquire', { delayMs: 4, fail: 'after' });
  limiter.breakNext('tryAcquire', { replyDelayMs: 300 });
  limiter.breakNext('enter', { fail: 'after' });
  await world.advance(INTERVAL_MS * 3);
  const { calls } = limiter;
  expect(calls.filter(({ operation }) => operation === 'release')).toHaveLength(2);
  expect(shardsOf(world.served)).toEqual([0, 1, 2]);
});

test('P9 a waiter whose rank the limiter has lost sight of enters again, and goes on', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [first] = await world.askInTurn([0, 1]);
  expect(first?.servedAt).toBe(0);
  // As if this replica had been taken for dead.
  await world.limiter().leaveAll();
  await world.advance(INTERVAL_MS + 5);
  expect(shardsOf(world.served)).toEqual([0, 1]);
});

test('P4 who has to enter again after a late answer is asked for no sooner than it has, so that nobody overtakes it', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 300 });
  await world.askInTurn([1, 2]);
  // It has its rank again with the first try to enter, and must not use it up before the second.
  world.limiter().breakNext('enter', { fail: 'after', replyDelayMs: 50 });
  world.limiter().breakNext('tryAcquire', { delayMs: 10, replyDelayMs: 300 });
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([1, 2]);
});
