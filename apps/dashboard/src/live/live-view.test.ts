import { expect, test } from 'vitest';
import type { Snapshot } from '../api/schemas.ts';
import { receive, EMPTY_VIEW } from './live-view.ts';

function snapshotAt(at: number): Snapshot {
  return { version: 1, at, bots: {}, replicas: {}, limiter: { available: true } };
}

test('patches its state, and ignores a patch before the first state', () => {
  const patch = { limiter: { available: false, error: 'gone' } };
  const change = { kind: 'change', patch, aheadMs: 5 } as const;
  expect(receive(EMPTY_VIEW, change)).toBe(EMPTY_VIEW);
  const view = receive(EMPTY_VIEW, { kind: 'snapshot', snapshot: snapshotAt(0), aheadMs: 3 });
  expect(receive(view, change)).toMatchObject({ snapshot: patch, aheadMs: 5 });
});

test('keeps the last state when the stream breaks', () => {
  const view = receive(EMPTY_VIEW, { kind: 'snapshot', snapshot: snapshotAt(7), aheadMs: 7 });
  const stale = receive(view, { kind: 'state', state: { kind: 'stale', since: 7 } });
  expect(stale).toEqual({ ...view, feed: { kind: 'stale', since: 7 } });
});

test.each([{ kind: 'connecting' }, { kind: 'unreachable', since: 900 }] as const)(
  'is stale with an old state while a restarted feed reports %j',
  (state) => {
    const view = receive(EMPTY_VIEW, { kind: 'snapshot', snapshot: snapshotAt(7), aheadMs: 3 });
    expect(receive(view, { kind: 'state', state }).feed).toEqual({ kind: 'stale', since: 10 });
    expect(receive(EMPTY_VIEW, { kind: 'state', state }).feed).toEqual(state);
  },
);
