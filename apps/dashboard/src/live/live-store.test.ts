import { beforeEach, expect, test } from 'vitest';
import type { FeedMessage } from './feed-message.ts';
import { LiveStore } from './live-store.ts';

let store: LiveStore;

beforeEach(() => {
  store = new LiveStore();
  store.receive(snapshotOf(1));
});

function snapshotOf(version: number): FeedMessage {
  const snapshot = { version, at: 0, bots: {}, replicas: {}, limiter: { available: true } };
  return { kind: 'snapshot', snapshot, aheadMs: 0 };
}

function changeTo(version: number): FeedMessage {
  return { kind: 'change', patch: { version }, aheadMs: 0 };
}

test('shows the old state while frozen, and the newest after that', () => {
  store.freeze(5000);
  const frozen = store.get();
  store.receive(changeTo(2));
  expect(store.get()).toBe(frozen);
  store.receive(changeTo(3));
  store.unfreeze();
  expect(store.get()).toMatchObject({ frozenAt: undefined, snapshot: { version: 3 } });
});

test('shows the state of the stream even while frozen', () => {
  store.freeze(5000);
  store.receive({ kind: 'state', state: { kind: 'signed-out' } });
  expect(store.get()).toMatchObject({ feed: { kind: 'signed-out' }, snapshot: { version: 1 } });
});

test('calls a listener back until it unsubscribes', () => {
  let calls = 0;
  const stop = store.subscribe(() => (calls += 1));
  store.receive(changeTo(2));
  stop();
  store.receive(changeTo(3));
  expect(calls).toBe(1);
});
