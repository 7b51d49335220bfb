import { expect, test } from 'vitest';
import { INTERVAL_MS } from './numbers.ts';
import { shardsOf } from './request.ts';
import { newWorld, openWorld, type World } from './world.ts';

/** A closed bucket with shards 6, 7, 8, 9 and again 7 in line. */
async function askTwice(world: World) {
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  const [second] = await world.askInTurn([7]);
  if (first === undefined || second === undefined) throw new Error('no request was made');
  return { first, second };
}

test('P6 the second request of a shard gets the rank of the first when the first hangs up', async () => {
  const world = await openWorld();
  const { first, second } = await askTwice(world);
  await world.advance(500);
  first.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(second.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 the first request of a shard keeps its rank when the second hangs up', async () => {
  const world = await openWorld();
  const { first, second } = await askTwice(world);
  second.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(first.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 the third request of a shard gets the rank of the first when the other two hang up, in either order', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const world = await openWorld();
    await world.askInTurn([0, 6]);
    const requests = await world.askInTurn([7, 7, 8, 9, 7]);
    for (const index of order) {
      requests[index]?.hangUp();
      await world.advance(100);
    }
    await world.advance(INTERVAL_MS * 5);
    expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
    expect(requests[4]?.servedAt).toBe(INTERVAL_MS * 2);
  }
});

test('P6 the second request of a shard, at another replica, gets the rank of the first when the first hangs up', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  await world.askInTurn([7], { replica: 'b' });
  first?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P6 a second request at another replica gets the rank of the first when the first hangs up while the second is enrolled', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  world.limiter('b').breakNext('enter', { replyDelayMs: 500 });
  const [again] = await world.askInTurn([7], { replica: 'b' });
  await world.advance(100);
  first?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(again?.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 of two requests that are enrolled while the first hangs up, the second gets its rank when the other hangs up too', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  world.limiter('b').breakNext('enter', { replyDelayMs: 500 });
  const enrolling = [world.ask(7, { replica: 'b' }), world.ask(7, { replica: 'b' })];
  await world.advance(100);
  first?.hangUp();
  await world.advance(100);
  enrolling[0]?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(enrolling[1]?.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 two requests of one shard that both stay get their permits each at its own rank', async () => {
  const world = await openWorld();
  const { first, second } = await askTwice(world);
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9, 7]);
  expect([first.servedAt, second.servedAt]).toEqual([INTERVAL_MS * 2, INTERVAL_MS * 5]);
});

test.each([
  { when: 'question', fault: { delayMs: 100 } },
  { when: 'answer', fault: { replyDelayMs: 100 } },
])(
  'P8 the second request of a shard gets the permit of the first, when that hangs up while the $when is under way',
  async ({ fault }) => {
    const world = await openWorld();
    await world.meet('a');
    world.limiter().breakNext('tryAcquire', fault);
    const [first, , second] = await world.askInTurn([7, 8, 7]);
    await world.advance(50);
    first?.hangUp();
    await world.advance(50);
    expect(second?.servedAt).toBe(100);
    expect(world.limiter().calls.some((call) => call.operation === 'release')).toBe(false);
    await world.advance(INTERVAL_MS * 3);
    expect(shardsOf(world.served)).toEqual([7, 8]);
    expect(await world.remaining()).toBe(998);
  },
);

test("P6 when both requests of a shard hang up, the better of their ranks is the shard's place", async () => {
  const world = await openWorld();
  const { first, second } = await askTwice(world);
  first.hangUp();
  second.hangUp();
  await world.advance(100);
  await world.askInTurn([7], { replica: 'b' });
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P6 the rank that a second request took over outlives a restart', async () => {
  const world = await newWorld('file').open();
  const { first } = await askTwice(world);
  first.hangUp();
  await world.advance(100);
  await world.crash();
  await world.askInTurn([9, 8, 7, 6]);
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P8 no rank gets two permits, however the requests of one shard come and go', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const requests = await world.askInTurn([7, 7, 7, 8, 7, 7]);
  for (const index of [1, 0, 4]) {
    requests[index]?.hangUp();
    await world.advance(700);
    requests.push(...(await world.askInTurn([7])));
  }
  await world.advance(INTERVAL_MS * 10);
  const tickets = [...world.limiter().permits.values()].map(({ rank }) => rank.ticket);
  expect(new Set(tickets).size).toBe(world.served.length);
  expect(world.served).toHaveLength(7);
});

test('P6 a waiter is not enrolled again while the limiter is asked for its permit: it would hold a rank that it does not need', async () => {
  const world = await openWorld();
  await world.meet('a', 'b', 'c');
  await world.pause();
  const [first] = await world.askInTurn([7]);
  const [second] = await world.askInTurn([7], { replica: 'b' });
  // The limiter announces the place of the second request only because this one waits.
  const [third] = await world.askInTurn([7], { replica: 'c' });
  world.limiter('a').breakNext('tryAcquire', { replyDelayMs: 100 });
  await world.resume();
  await world.settle();
  second?.hangUp();
  await world.advance(100);
  expect(first?.servedAt).toBeGreaterThan(0);
  third?.hangUp();
  await world.settle();
  const entered = world.limiter('a').calls.filter(({ operation }) => operation === 'enter');
  expect(entered).toHaveLength(1);
});
