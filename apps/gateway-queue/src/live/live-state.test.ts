import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { LiveState, type LiveTick } from './live-state.ts';
import type { LiveBody } from './snapshot-maker.ts';
import { applyMergePatch } from './testing/apply-merge-patch.ts';

let clock: FakeClock;
let made: number;
let body: LiveBody;
let live: LiveState;

beforeEach(() => {
  clock = new FakeClock();
  made = 0;
  body = { at: 0, bots: {}, replicas: {}, limiter: { available: true } };
  const maker = {
    async make() {
      made += 1;
      return { ...body, at: clock.wallNow() };
    },
  };
  live = new LiveState(maker, clock);
});

function changed(error: string): LiveBody {
  return { ...body, limiter: { available: false, error } };
}

test('without a client nothing is read', async () => {
  await clock.advance(60_000);
  expect([made, clock.pendingTimers]).toEqual([0, 0]);
});

test('one snapshot in a tick, however many clients ask for it', async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => live.snapshot()));
  expect(made).toBe(1);
  expect(new Set(others)).toEqual(new Set([first]));
  await clock.advance(500);
  expect(await live.snapshot()).toBe(first);
  expect(made).toBe(1);
});

test('it ticks for five seconds after a request, then no more', async () => {
  await live.snapshot();
  await clock.advance(60_000);
  expect(made).toBe(6);
  expect(clock.pendingTimers).toBe(0);
});

test('a request after a while gets a new snapshot', async () => {
  await live.snapshot();
  await clock.advance(60_000);
  body = changed('gone');
  expect(await live.snapshot()).toMatchObject({ version: 2, limiter: { error: 'gone' } });
});

test('it ticks for as long as there is a watcher', async () => {
  const stopOne = live.watch();
  const stopOther = live.watch();
  await clock.advance(3500);
  expect(made).toBe(4);
  stopOne();
  stopOne();
  await clock.advance(1000);
  expect(made).toBe(5);
  stopOther();
  await clock.advance(10_000);
  // The tick that was due already was the last.
  expect(made).toBe(6);
});

test('a version is what it was until something changes, and then comes with its patch', async () => {
  const ticks: LiveTick[] = [];
  live.onTick((tick) => ticks.push(tick));
  const stop = live.watch();
  await clock.advance(1000);
  body = changed('gone');
  await clock.advance(2000);
  stop();
  const [first, second, third, fourth] = ticks;
  expect(first).toMatchObject({ snapshot: { version: 1 }, patch: undefined });
  expect(second).toEqual({ snapshot: first?.snapshot, patch: undefined });
  expect(third?.patch).toEqual({
    version: 2,
    at: clock.wallNow() - 1000,
    limiter: { available: false, error: 'gone' },
  });
  expect(applyMergePatch(first?.snapshot, third?.patch)).toEqual(third?.snapshot);
  expect(fourth).toEqual({ snapshot: third?.snapshot, patch: undefined });
});

test('the end leaves no timer, and a later request is answered', async () => {
  live.watch();
  await clock.advance(1000);
  await live.onModuleDestroy();
  expect(clock.pendingTimers).toBe(0);
  expect(await live.snapshot()).toMatchObject({ version: 1 });
  const neverLooked = new LiveState({ make: async () => body }, clock);
  await neverLooked.onModuleDestroy();
  expect(await neverLooked.snapshot()).toMatchObject({ version: 1 });
});
