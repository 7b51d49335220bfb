import { beforeEach, expect, test } from 'vitest';
import type { FeedMessage } from './feed-message.ts';
import { LiveStore } from './live-store.ts';

let store: LiveStore;

beforeEach(() => {
  store = new LiveStore();
  store.hear(snapshotOf(1));
});

function snapshotOf(version: number): FeedMessage {
  const snapshot = { version, at: 0, bots: {}, replicas: {}, limiter: { available: true } };
  return { kind: 'snapshot', snapshot, aheadMs: 0 };
}

function changeTo(version: number): FeedMessage {
  return { kind: 'change', patch: { version }, aheadMs: 0 };
}

test('frozen, it shows what it had, and all that came when it is let go', () => {
  store.freeze(5000);
  const frozen = store.get();
  store.hear(changeTo(2));
  expect(store.get()).toBe(frozen);
  store.hear(changeTo(3));
  store.unfreeze();
  expect(store.get()).toMatchObject({ frozenAt: undefined, snapshot: { version: 3 } });
});

test('frozen, it still says how the stream fares', () => {
  store.freeze(5000);
  store.hear({ kind: 'state', state: { kind: 'signed-out' } });
  expect(store.get()).toMatchObject({ feed: { kind: 'signed-out' }, snapshot: { version: 1 } });
});

test('tells who listens, until they do not', () => {
  let calls = 0;
  const stop = store.subscribe(() => (calls += 1));
  store.hear(changeTo(2));
  stop();
  store.hear(changeTo(3));
  expect(calls).toBe(1);
});
