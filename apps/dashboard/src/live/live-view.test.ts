import { expect, test } from 'vitest';
import type { Snapshot } from '../api/schemas.ts';
import { hear, NOTHING_HEARD } from './live-view.ts';

function snapshotAt(at: number): Snapshot {
  return { version: 1, at, bots: {}, replicas: {}, limiter: { available: true } };
}

test('patches what it has, and nothing when it has nothing', () => {
  const patch = { limiter: { available: false, error: 'gone' } };
  const change = { kind: 'change', patch, aheadMs: 5 } as const;
  expect(hear(NOTHING_HEARD, change)).toBe(NOTHING_HEARD);
  const view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(0), aheadMs: 3 });
  expect(hear(view, change)).toMatchObject({ snapshot: patch, aheadMs: 5 });
});

test('what was heard last stays when the stream breaks', () => {
  const view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(7), aheadMs: 7 });
  const stale = hear(view, { kind: 'state', state: { kind: 'stale', since: 7 } });
  expect(stale).toEqual({ ...view, feed: { kind: 'stale', since: 7 } });
});

test.each([{ kind: 'connecting' }, { kind: 'unreachable', since: 900 }] as const)(
  'what a page has kept is stale while a feed that begins anew says: %j',
  (state) => {
    const view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(7), aheadMs: 3 });
    expect(hear(view, { kind: 'state', state }).feed).toEqual({ kind: 'stale', since: 10 });
    expect(hear(NOTHING_HEARD, { kind: 'state', state }).feed).toEqual(state);
  },
);
