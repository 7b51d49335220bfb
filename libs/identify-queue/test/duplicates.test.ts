import type { Permit } from '@gateway-queue/identify-limiter';
import { expect, test } from 'vitest';
import { INTERVAL_MS, slots } from './numbers.ts';
import { type Request, shardsOf } from './request.ts';
import { newWorld, openWorld, type World } from './world.ts';

function givenTo(request: Request | undefined): Permit {
  if (request?.permit === undefined) throw new Error('no permit');
  return request.permit;
}

/** A closed bucket, and shard 7 second in its line of four, asking twice: in between are 8 and 9. */
async function twice(world: World) {
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  const [second] = await world.askInTurn([7]);
  if (first === undefined || second === undefined) throw new Error('nobody asked');
  return { first, second };
}

test('P6 a request that was sent again has the turn of the first, once that hangs up', async () => {
  const world = await openWorld();
  const { first, second } = await twice(world);
  await world.advance(500);
  first.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(second.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 the first of two keeps its turn when the second hangs up', async () => {
  const world = await openWorld();
  const { first, second } = await twice(world);
  second.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(first.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 of three requests the last has the turn of the first, after both others hung up in either order', async () => {
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

test('P6 a request that was sent again to another replica has the turn of the first, once that hangs up', async () => {
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

test('P6 a request that was sent again has the turn of the first that hangs up while it enters, at any replica', async () => {
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

test('P6 of two requests that enter when the first hangs up the other has its turn, when one hangs up too', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  await world.askInTurn([0, 6]);
  const [first] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  world.limiter('b').breakNext('enter', { replyDelayMs: 500 });
  const entering = [world.ask(7, { replica: 'b' }), world.ask(7, { replica: 'b' })];
  await world.advance(100);
  first?.hangUp();
  await world.advance(100);
  entering[0]?.hangUp();
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
  expect(entering[1]?.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 a request that enters when a permit of its shard is released has its turn', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  world.limiter().breakNext('enter', { replyDelayMs: 500 });
  const [again] = await world.askInTurn([7]);
  await world.advance(100);
  world.queue().release(givenTo(early));
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([7, 7, 8, 9]);
  // Its entry is answered then, and it enters again.
  expect(again?.servedAt).toBe(500);
});

test('P6 a request that waits has the turn of a permit of its shard that was released, at any replica', async () => {
  const world = await openWorld();
  await world.meet('a', 'b', 'c');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9]);
  await world.askInTurn([7], { replica: 'b' });
  await world.advance(INTERVAL_MS);
  world.queue('c').release(givenTo(early));
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([7, 8, 7, 9]);
});

test('P4 P6 a permit released before the interval is over: the bucket opens for the request of its shard that waits', async () => {
  const world = await openWorld();
  await world.meet('a', 'b');
  const [early] = await world.askInTurn([7]);
  await world.askInTurn([8, 9, 7]);
  await world.advance(100);
  world.queue('b').release(givenTo(early));
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([7, 7, 8, 9]);
  expect(world.served.map(({ servedAt }) => servedAt)).toEqual([0, ...slots(3, 100)]);
});

test('P4 P6 of two permits released at once each goes to the request of its shard that waits', async () => {
  const world = await openWorld(2);
  const early = await world.askInTurn([6, 7]);
  await world.askInTurn([8, 9, 6, 7]);
  await world.advance(100);
  for (const request of early) world.queue().release(givenTo(request));
  await world.advance(INTERVAL_MS * 3);
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [6, 0],
    [7, 0],
    [6, 100],
    [7, 100],
    [8, 100 + INTERVAL_MS],
    [9, 100 + INTERVAL_MS],
  ]);
});

test('P9 who hangs up while it enters for a permit released holds the others up no longer', async () => {
  const world = await openWorld();
  await world.meet('a');
  const [early] = await world.askInTurn([7]);
  const [, again] = await world.askInTurn([8, 7]);
  await world.advance(100);
  world.limiter().breakNext('enter', { replyDelayMs: 300 });
  world.queue().release(givenTo(early));
  await world.advance(200);
  expect(shardsOf(world.served)).toEqual([7]);
  again?.hangUp();
  await world.settle();
  expect(world.served.map(({ shard, servedAt }) => [shard, servedAt])).toEqual([
    [7, 0],
    [8, 300],
  ]);
});

test('P6 requests of one shard that all stay have their own turns', async () => {
  const world = await openWorld();
  const { first, second } = await twice(world);
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9, 7]);
  expect([first.servedAt, second.servedAt]).toEqual([INTERVAL_MS * 2, INTERVAL_MS * 5]);
});

test.each([
  { when: 'question', fault: { delayMs: 100 } },
  { when: 'answer', fault: { replyDelayMs: 100 } },
])(
  'P8 the permit goes to the second, when the first hangs up while the $when is under way',
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

test('P6 of two that both hang up the best turn is kept', async () => {
  const world = await openWorld();
  const { first, second } = await twice(world);
  first.hangUp();
  second.hangUp();
  await world.advance(100);
  await world.askInTurn([7], { replica: 'b' });
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P6 the turn that a second request took over outlives a restart', async () => {
  const world = await newWorld('file').open();
  const { first } = await twice(world);
  first.hangUp();
  await world.advance(100);
  await world.crash();
  await world.askInTurn([9, 8, 7, 6]);
  await world.advance(INTERVAL_MS * 5);
  expect(shardsOf(world.served)).toEqual([0, 6, 7, 8, 9]);
});

test('P8 no rank is served twice, however the requests of one shard come and go', async () => {
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

test('P6 a request does not enter anew while its permit may be given: it would hold a rank that it does not need', async () => {
  const world = await openWorld();
  await world.meet('a', 'b', 'c');
  await world.pause();
  const [first] = await world.askInTurn([7]);
  const [second] = await world.askInTurn([7], { replica: 'b' });
  // Waits too, so that the place of the second is announced.
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
