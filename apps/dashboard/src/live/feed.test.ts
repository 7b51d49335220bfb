import { beforeEach, expect, test } from 'vitest';
import type { FeedMessage } from './feed-message.ts';
import type { StreamListener } from './feed-surroundings.ts';
import { Feed } from './feed.ts';

/** A stream as the feed has it open, with what the service would say on it. */
interface FakeStream extends StreamListener {
  isClosed: boolean;
}

interface FakeTimer {
  readonly at: number;
  readonly callback: () => void;
}

let streams: FakeStream[];
let timers: Set<FakeTimer>;
let told: FeedMessage[];
let now: number;
let signedOut: boolean;
let feed: Feed;

beforeEach(() => {
  streams = [];
  timers = new Set();
  told = [];
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
    (message) => told.push(message),
  );
  feed.start();
});

/** Lets time pass, and fires what is due. */
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
  return told.flatMap((message) => (message.kind === 'state' ? [message.state.kind] : []));
}

/** Lets what was promised happen. */
async function settle(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

test('begins with the whole state, goes on with patches, and greets latecomers with their sum', () => {
  stream().onSnapshot(snapshot());
  stream().onChange({ version: 2, bots: { default: { waiting: 3 } } });
  expect(told.map(({ kind }) => kind)).toEqual(['state', 'state', 'snapshot', 'change']);
  expect(feed.greeting).toEqual([
    {
      kind: 'snapshot',
      heardAt: 1000,
      snapshot: { ...snapshot(), version: 2, bots: { default: { waiting: 3 } } },
    },
    { kind: 'state', state: { kind: 'live' } },
  ]);
});

test('a connection that breaks is stale since it was heard last, and live once it is back', () => {
  stream().onSnapshot(snapshot());
  pass(2000);
  stream().onBroken();
  expect(told.at(-1)).toEqual({ kind: 'state', state: { kind: 'stale', since: 1000 } });
  stream().onOpen();
  stream().onChange({ version: 2 });
  expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
  expect(streams).toHaveLength(1);
});

test('a connection that delivers nothing stays stale, however often it is made', () => {
  stream().onSnapshot(snapshot());
  for (let tries = 0; tries < 5; tries += 1) {
    pass(5000);
    stream().onOpen();
  }
  expect(states()).toEqual(['connecting', 'live', 'stale']);
  expect(streams).toHaveLength(6);
});

test('while the store is away a connection that was made anew is enough', () => {
  stream().onSnapshot(snapshot(false));
  stream().onBroken();
  stream().onOpen();
  expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
});

test('when the browser gives up, it is tried again, later each time', async () => {
  stream().onSnapshot(snapshot());
  for (const delayMs of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    const tries = streams.length;
    stream().onClosed();
    expect(stream().isClosed).toBe(true);
    await settle();
    pass(delayMs - 1);
    expect(streams).toHaveLength(tries);
    pass(1);
    expect(streams).toHaveLength(tries + 1);
  }
  stream().onSnapshot(snapshot());
  expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
});

test('without a session nothing is tried until somebody starts it again', async () => {
  stream().onSnapshot(snapshot());
  signedOut = true;
  stream().onClosed();
  await settle();
  expect(states().at(-1)).toBe('signed-out');
  pass(3_600_000);
  expect(streams).toHaveLength(1);
  feed.start();
  expect(streams).toHaveLength(2);
  expect(states().at(-1)).toBe('connecting');
});

test('a stream that says nothing for 5 s is taken for dead', () => {
  stream().onSnapshot(snapshot());
  pass(4999);
  stream().onChange({ version: 2 });
  pass(4999);
  expect(states().at(-1)).toBe('live');
  pass(1);
  expect(states().at(-1)).toBe('stale');
  expect(streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('while the store is away silence is nothing to worry about', () => {
  stream().onSnapshot(snapshot(false));
  pass(59_999);
  expect(streams).toHaveLength(1);
  pass(1);
  expect(streams).toHaveLength(2);
  expect(states().at(-1)).toBe('live');
});

test('once stopped it does nothing more', async () => {
  stream().onClosed();
  feed.stop();
  await settle();
  pass(3_600_000);
  expect(streams).toHaveLength(1);
  expect(timers.size).toBe(0);
});
