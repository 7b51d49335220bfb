import { beforeEach, expect, test } from 'vitest';
import type { FeedMessage } from './feed-message.ts';
import type { StreamListener } from './feed-environment.ts';
import { Feed } from './feed.ts';

/** A stream that the feed has opened. A test delivers the service's messages through its callbacks. */
interface FakeStream extends StreamListener {
  isClosed: boolean;
}

interface FakeTimer {
  readonly at: number;
  readonly callback: () => void;
}

let streams: FakeStream[];
let timers: Set<FakeTimer>;
let sent: FeedMessage[];
let now: number;
let signedOut: boolean;
let feed: Feed;

beforeEach(() => {
  streams = [];
  timers = new Set();
  sent = [];
  now = 1000;
  signedOut = false;
  feed = new Feed(
    {
      openStream: (listener) => {
        const opened = { ...listener, isClosed: false };
        streams.push(opened);
        return { close: () => (opened.isClosed = true) };
      },
      isSignedOut: () => Promise.resolve(signedOut),
      setTimer: (callback, delayMs) => {
        const timer = { at: now + delayMs, callback };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      now: () => now,
      random: () => 0,
    },
    (message) => sent.push(message),
  );
  feed.start();
});

/** Lets time pass and fires the timers that are due. */
function pass(ms: number): void {
  const end = now + ms;
  for (;;) {
    const next = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) break;
    now = next.at;
    timers.delete(next);
    next.callback();
  }
  now = end;
}

function stream(): FakeStream {
  const newest = streams.at(-1);
  if (newest === undefined) throw new Error('no stream was opened');
  return newest;
}

function snapshot(available = true) {
  return { version: 1, at: 1, bots: {}, replicas: {}, limiter: { available } };
}

function states(): string[] {
  return sent.flatMap((message) => (message.kind === 'state' ? [message.state.kind] : []));
}

/** Breaks the connection, after which the feed checks for a session. */
async function breakOff(): Promise<void> {
  stream().onBroken();
  await settle();
}

/** Lets pending promises settle. */
async function settle(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

test('sends the whole state first and then patches, and gives a new follower the patched state', () => {
  stream().onSnapshot(snapshot());
  stream().onChange({ version: 2, bots: { default: { waiting: 3 } } });
  expect(sent.map(({ kind }) => kind)).toEqual(['state', 'state', 'snapshot', 'change']);
  expect(feed.initialMessages).toEqual([
    {
      kind: 'snapshot',
      aheadMs: 999,
      snapshot: { ...snapshot(), version: 2, bots: { default: { waiting: 3 } } },
    },
    { kind: 'state', state: { kind: 'live' } },
  ]);
});

test('is stale since its last message when the connection breaks, and live once it is back', async () => {
  stream().onSnapshot(snapshot());
  pass(2000);
  await breakOff();
  expect(sent.at(-1)).toEqual({ kind: 'state', state: { kind: 'stale', since: 1000 } });
  pass(1000);
  expect(streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  stream().onOpen();
  stream().onSnapshot(snapshot());
  expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
});

test('stays stale while new connections deliver nothing', async () => {
  stream().onSnapshot(snapshot());
  await breakOff();
  for (let tries = 1; tries <= 5; tries += 1) {
    pass(15_000);
    stream().onOpen();
    pass(30_000);
    await settle();
  }
  expect(states()).toEqual(['connecting', 'live', 'stale']);
  expect(streams).toHaveLength(6);
});

test('reconnects with a growing delay until a message arrives', async () => {
  stream().onSnapshot(snapshot());
  for (const delayMs of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    const tries = streams.length;
    await breakOff();
    pass(delayMs - 1);
    expect(streams).toHaveLength(tries);
    pass(1);
    expect(streams).toHaveLength(tries + 1);
  }
  stream().onSnapshot(snapshot());
  expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
  const tries = streams.length;
  await breakOff();
  pass(1000);
  expect(streams).toHaveLength(tries + 1);
});

test('is unreachable when the first try fails, and keeps trying', async () => {
  pass(500);
  await breakOff();
  expect(sent.at(-1)).toEqual({ kind: 'state', state: { kind: 'unreachable', since: 1000 } });
  pass(1000);
  stream().onSnapshot(snapshot());
  expect(states()).toEqual(['connecting', 'unreachable', 'live']);
});

test('is unreachable after 5 s without an answer', async () => {
  pass(4999);
  expect(states()).toEqual(['connecting']);
  pass(1);
  expect(states()).toEqual(['connecting', 'unreachable']);
  await settle();
  pass(1000);
  expect(streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('is unreachable meanwhile, but gives a slow connection 30 s for the first state', () => {
  pass(4000);
  stream().onOpen();
  pass(5000);
  expect(states()).toEqual(['connecting', 'unreachable']);
  pass(24_999);
  expect(streams.map(({ isClosed }) => isClosed)).toEqual([false]);
  stream().onSnapshot(snapshot());
  expect(states().at(-1)).toBe('live');
});

test('does not try again without a session until it is started again', async () => {
  stream().onSnapshot(snapshot());
  signedOut = true;
  await breakOff();
  expect(states().at(-1)).toBe('signed-out');
  pass(3_600_000);
  expect(streams).toHaveLength(1);
  feed.start();
  expect(streams).toHaveLength(2);
  expect(states().at(-1)).toBe('connecting');
});

test('reconnects after a silence of 5 s', async () => {
  stream().onSnapshot(snapshot());
  pass(4999);
  stream().onChange({ version: 2 });
  pass(4999);
  expect(states().at(-1)).toBe('live');
  pass(1);
  expect(states().at(-1)).toBe('stale');
  await settle();
  pass(1000);
  expect(streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('stays live during a silence of a minute while the store is away', () => {
  stream().onSnapshot(snapshot(false));
  pass(59_999);
  expect(streams).toHaveLength(1);
  pass(1);
  expect(streams).toHaveLength(2);
  stream().onOpen();
  stream().onSnapshot(snapshot(false));
  pass(59_999);
  expect(states()).toEqual(['connecting', 'live']);
});

test('notices a dead connection while the store is away, too', async () => {
  stream().onSnapshot(snapshot(false));
  pass(64_999);
  expect(states().at(-1)).toBe('live');
  pass(1);
  expect(sent.at(-1)).toEqual({ kind: 'state', state: { kind: 'stale', since: 1000 } });
  await settle();
  pass(1000);
  expect(streams).toHaveLength(3);
});

test('gives a new follower the same clock difference as the others, however old the state is', () => {
  stream().onSnapshot({ ...snapshot(), at: 600 });
  pass(1000);
  stream().onChange({ at: 1700, limiter: { available: false } });
  pass(50_000);
  expect(feed.initialMessages[0]).toMatchObject({ kind: 'snapshot', aheadMs: 400 });
});

test('does nothing more after it is stopped', async () => {
  stream().onBroken();
  feed.stop();
  await settle();
  pass(3_600_000);
  expect(streams).toHaveLength(1);
  expect(timers.size).toBe(0);
});
