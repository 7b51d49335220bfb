import { expect, test } from 'vitest';
import { FeedHub } from './feed-hub.ts';
import type { FeedMessage } from './feed-message.ts';
import type { StreamListener } from './feed-surroundings.ts';

function setUp() {
  const open = new Set<StreamListener>();
  const hub = new FeedHub({
    openStream: (listener) => {
      open.add(listener);
      return { close: () => open.delete(listener) };
    },
    isSignedOut: () => Promise.resolve(false),
    setTimer: () => () => undefined,
    now: () => 0,
    random: () => 0,
  });
  return { hub, open };
}

function tab() {
  const heard: FeedMessage[] = [];
  return { heard, tell: (message: FeedMessage) => heard.push(message) };
}

const SNAPSHOT = { version: 1, at: 0, bots: {}, replicas: {}, limiter: { available: true } };

test('all tabs share one stream, and who comes later has the whole state', () => {
  const { hub, open } = setUp();
  const [first, second] = [tab(), tab()];
  hub.take('hello', first);
  for (const stream of open) stream.onSnapshot(SNAPSHOT);
  hub.take('hello', second);
  expect(open.size).toBe(1);
  expect(second.heard.map(({ kind }) => kind)).toEqual(['snapshot', 'state']);
  for (const stream of open) stream.onChange({ version: 2 });
  expect(first.heard.at(-1)).toEqual({ kind: 'change', patch: { version: 2 }, aheadMs: 0 });
  expect(second.heard.at(-1)).toEqual(first.heard.at(-1));
});

test('the last tab that goes ends the stream', () => {
  const { hub, open } = setUp();
  const [first, second] = [tab(), tab()];
  hub.take('hello', first);
  hub.take('hello', second);
  hub.take('bye', first);
  expect(open.size).toBe(1);
  hub.take('bye', second);
  expect(open.size).toBe(0);
  hub.take('hello', second);
  expect(open.size).toBe(1);
});
