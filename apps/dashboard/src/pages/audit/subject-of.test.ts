import { expect, test } from 'vitest';
import { subjectOf } from './subject-of.ts';

const ENTRY = { id: 1, at: 1, action: 'pause', from: '::1', details: {} } as const;

test('names the bot, the bucket or the waiter, and the details', () => {
  expect(
    subjectOf({
      ...ENTRY,
      bot: 'default',
      bucket: 3,
      details: { durationMs: 600_000, note: null },
    }),
  ).toBe('bot default, bucket 3, for 10 min');
  expect(subjectOf({ ...ENTRY, target: 'a.1', details: { maxConcurrency: 16 } })).toBe(
    'waiter a.1, maxConcurrency: 16',
  );
});

test('is a dash for a login, which has no target', () => {
  expect(subjectOf(ENTRY)).toBe('–');
});
