import { expect, test } from 'vitest';
import { INTERVAL_MS, range } from './numbers.ts';
import { type Request, shardsOf } from './request.ts';
import { newWorld, openWorld, type World } from './world.ts';

const CLIENT_LIMIT_MS = 60_000;

/** Asks as a client that gives up after 60 s and asks again a moment later, until it is served. */
async function askUntilServed(
  world: World,
  shard: number | null,
  first: Request,
): Promise<Request> {
  for (let request = first; ; request = world.ask(shard, { replica: otherThan(request) })) {
    await world.advance(CLIENT_LIMIT_MS - 13);
    if (!request.held) return request;
    request.hangUp();
    await world.advance(13);
  }
}

function otherThan({ replica }: Request): string {
  return replica === 'a' ? 'b' : 'a';
}

test.each(['a', 'b'])(
  'P6 a shard that asks again at replica %s has its old rank',
  async (replica) => {
    const world = await openWorld();
    await world.askInTurn([0]);
    const [, second] = await world.askInTurn([1, 2, 3, 4], { replica: 'a' });
    second?.hangUp();
    await world.advance(2000);
    await world.askInTurn([2], { replica });
    await world.advance(INTERVAL_MS * 4);
    expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4]);
  },
);

test('P6 a shard that was away at its turn is the next to go when it asks again', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [first] = await world.askInTurn([1, 2, 3]);
  first?.hangUp();
  await world.advance(INTERVAL_MS + 100);
  const [back] = await world.askInTurn([1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([0, 2, 1, 3]);
  expect(back?.servedAt).toBe(INTERVAL_MS * 2);
});

test('P6 a place is kept for the place TTL, and no longer', async () => {
  const world = await openWorld();
  await world.pause();
  const [early, late] = await world.askInTurn([1, 2]);
  await world.askInTurn([3]);
  early?.hangUp();
  late?.hangUp();
  await world.advance(world.harness.placeTtlMs - 1);
  await world.askInTurn([1]);
  await world.advance(1);
  await world.askInTurn([2]);
  await world.resume();
  await world.advance(INTERVAL_MS * 3);
  expect(shardsOf(world.served)).toEqual([1, 3, 2]);
});

test('P6 after a restart all shards that ask again have their old ranks, in whatever order they come', async () => {
  const world = await newWorld('file').open();
  await world.askInTurn([0]);
  await world.askInTurn([1, 2, 3], { replica: 'a' });
  await world.askInTurn([4, null, 5], { replica: 'b' });
  await world.advance(1000);
  await world.crash(500);
  await world.askInTurn([9, 5, null, 4, 3, 2, 1], { replica: 'c' });
  await world.advance(INTERVAL_MS * 7);
  expect(shardsOf(world.served)).toEqual([0, 1, 2, 3, 4, null, 5, 9]);
  expect(world.served[1]?.servedAt).toBe(INTERVAL_MS);
});

test.each([7777, null])(
  'P6 shard %s, which asks again every 60 s in a line of 10 minutes, is served when an endless request would be',
  async (shard) => {
    const world = await openWorld();
    const ahead = 115;
    const before = await world.askInTurn(range(ahead));
    const first = world.ask(shard);
    await world.settle();
    const behind = world.ask(ahead, { replica: 'b' });
    const served = await askUntilServed(world, shard, first);
    expect(served.servedAt).toBe(ahead * INTERVAL_MS);
    expect(before.at(-1)?.servedAt).toBe((ahead - 1) * INTERVAL_MS);
    await world.advance(INTERVAL_MS);
    expect(behind.servedAt).toBe((ahead + 1) * INTERVAL_MS);
  },
);

test('P6 requests that name no shard count as one another: the first to ask again gets the first place', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const unnamed = await world.askInTurn([null, 1, null, 2]);
  unnamed[2]?.hangUp();
  unnamed[0]?.hangUp();
  await world.advance(100);
  const back = await world.askInTurn([null, null], { replica: 'b' });
  await world.advance(INTERVAL_MS * 4);
  expect(shardsOf(world.served)).toEqual([0, null, 1, null, 2]);
  expect(back.map((request) => request.servedAt)).toEqual([INTERVAL_MS, INTERVAL_MS * 3]);
});

test('P6 a shard that hangs up while its permit is under way keeps its place', async () => {
  const world = await openWorld();
  await world.meet('a');
  world.limiter().breakNext('tryAcquire', { replyDelayMs: 100 });
  const [leaver] = await world.askInTurn([1, 2, 3]);
  await world.advance(50);
  leaver?.hangUp();
  await world.advance(1000);
  await world.askInTurn([1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([2, 1, 3]);
});

test('P6 a shard that asks again and hangs up before it is enrolled keeps its place', async () => {
  const world = await openWorld();
  await world.askInTurn([0]);
  const [leaver] = await world.askInTurn([1, 2]);
  leaver?.hangUp();
  await world.settle();
  world.limiter().breakNext('enter', { replyDelayMs: 100 });
  const impatient = world.ask(1);
  await world.advance(50);
  impatient.hangUp();
  await world.advance(1000);
  await world.askInTurn([1], { replica: 'b' });
  await world.advance(INTERVAL_MS * 2);
  expect(shardsOf(world.served)).toEqual([0, 1, 2]);
});
