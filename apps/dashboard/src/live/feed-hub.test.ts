import { expect, test } from 'vitest';
import { FeedHub } from './feed-hub.ts';
import type { FeedMessage } from './feed-message.ts';
import type { StreamListener } from './feed-environment.ts';

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
  const received: FeedMessage[] = [];
  return { received, send: (message: FeedMessage) => received.push(message) };
}

const SNAPSHOT = { version: 1, at: 0, bots: {}, replicas: {}, limiter: { available: true } };

test('all tabs share one stream, and a tab that joins later gets the whole state', () => {
  const { hub, open } = setUp();
  const [first, second] = [tab(), tab()];
  hub.take('join', first);
  for (const stream of open) stream.onSnapshot(SNAPSHOT);
  hub.take('join', second);
  expect(open.size).toBe(1);
  expect(second.received.map(({ kind }) => kind)).toEqual(['snapshot', 'state']);
  for (const stream of open) stream.onChange({ version: 2 });
  expect(first.received.at(-1)).toEqual({ kind: 'change', patch: { version: 2 }, aheadMs: 0 });
  expect(second.received.at(-1)).toEqual(first.received.at(-1));
});

test('the stream ends when the last tab leaves', () => {
  const { hub, open } = setUp();
  const [first, second] = [tab(), tab()];
  hub.take('join', first);
  hub.take('join', second);
  hub.take('leave', first);
  expect(open.size).toBe(1);
  hub.take('leave', second);
  expect(open.size).toBe(0);
  hub.take('join', second);
  expect(open.size).toBe(1);
});
