import { expect, test } from 'vitest';
import type { Snapshot } from '../api/schemas.ts';
import { hear, NOTHING_HEARD } from './live-view.ts';

function snapshotAt(at: number): Snapshot {
  return { version: 1, at, bots: {}, replicas: {}, limiter: { available: true } };
}

test('patches what it has, and nothing when it has nothing', () => {
  const patch = { limiter: { available: false, error: 'gone' } };
  const change = { kind: 'change', patch, heardAt: 0 } as const;
  expect(hear(NOTHING_HEARD, change)).toBe(NOTHING_HEARD);
  const view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(0), heardAt: 0 });
  expect(hear(view, change).snapshot?.limiter).toEqual(patch.limiter);
});

test('knows how far the clocks are apart by the message that was the least late', () => {
  let view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(1000), heardAt: 4900 });
  expect(view.aheadMs).toBe(3900);
  view = hear(view, { kind: 'change', patch: { at: 2000 }, heardAt: 5010 });
  expect(view.aheadMs).toBe(3010);
  view = hear(view, { kind: 'change', patch: { at: 3000 }, heardAt: 6300 });
  expect(view.aheadMs).toBe(3010);
});

test('what was heard last stays when the stream breaks', () => {
  const view = hear(NOTHING_HEARD, { kind: 'snapshot', snapshot: snapshotAt(7), heardAt: 7 });
  const stale = hear(view, { kind: 'state', state: { kind: 'stale', since: 7 } });
  expect(stale).toEqual({ ...view, feed: { kind: 'stale', since: 7 } });
});
