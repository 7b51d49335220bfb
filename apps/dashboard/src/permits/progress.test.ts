import { expect, test } from 'vitest';
import type { Bot, Bucket, Permit } from '../api/schemas.ts';
import { progressOf, paceOf } from './progress.ts';

const NOW = 1_000_000;

function permit(number: number, at: number, status: Permit['status'] = 'confirmed'): Permit {
  return { id: `${number}.${at}`, bucket: number, at, status };
}

function bucket(waiting: number, rest: Partial<Bucket> = {}): Bucket {
  return { waiting, throttled: 0, reason: 'interval', ...rest };
}

function bot(buckets: Record<string, Bucket>, rest: Partial<Bot> = {}): Bot {
  const waiting = Object.values(buckets).reduce((sum, each) => sum + each.waiting, 0);
  return {
    permitsPerMinute: 0,
    waiting,
    oldestWaitSince: NOW - 20_000,
    pauses: {},
    buckets,
    recentPermits: {},
    ...rest,
  };
}

const PERMITS = [
  permit(0, NOW - 1000),
  permit(1, NOW - 2000, 'released'),
  permit(0, NOW - 6000),
  permit(0, NOW - 11_000),
  permit(2, NOW - 30_000),
  permit(0, NOW - 60_000),
];

test('nobody waits, nothing starts', () => {
  expect(progressOf(bot({ 0: bucket(0) }), PERMITS, NOW)).toBeUndefined();
});

test('counts the run of permits that goes on, and ends with the longest line', () => {
  const progress = progressOf(
    bot({ 0: bucket(3, { opensAt: NOW + 4000 }), 1: bucket(1) }),
    PERMITS,
    NOW,
  );
  expect(progress).toEqual({
    waiting: 4,
    done: 4,
    endsAt: NOW + 4000 + 2 * 5000,
    heldLines: 0,
    heldBy: [],
  });
});

test('a paused bot has no end in sight, whatever its lines say', () => {
  const paused = bot(
    { 0: bucket(1), 1: bucket(2) },
    { pauses: { all: { reason: 'x', by: 'y', since: 0, dormant: false } } },
  );
  expect(progressOf(paused, PERMITS, NOW)).toMatchObject({
    endsAt: undefined,
    heldLines: 2,
    heldBy: ['paused'],
  });
});

test('a held line is told apart, and the end is that of those that move', () => {
  const held = bot({
    0: bucket(1, { reason: 'crash-loop' }),
    1: bucket(9, { reason: 'paused' }),
    2: bucket(0, { reason: 'budget' }),
    3: bucket(2),
  });
  expect(progressOf(held, PERMITS, NOW)).toMatchObject({
    endsAt: NOW + 5000,
    heldLines: 2,
    heldBy: ['crash-loop', 'paused'],
  });
});

test('a boot goes by its own pace, not by how far it is from the one before', () => {
  const minutes = [5, 10, 15].flatMap((ago) => [
    permit(0, NOW - ago * 60_000),
    permit(1, NOW - ago * 60_000 - 1),
  ]);
  const progress = progressOf(bot({ 0: bucket(36) }), [permit(0, NOW - 1000), ...minutes], NOW);
  expect(progress?.endsAt).toBe(NOW + 35 * 5250);
});

test('what was released says nothing of the pace', () => {
  const permits = [1, 2, 3, 4].map((second) => permit(0, NOW - second * 1000, 'released'));
  expect(progressOf(bot({ 0: bucket(2) }), permits, NOW)?.endsAt).toBe(NOW + 5250);
});

test('the pace is that of half of the gaps, and the default one without any', () => {
  expect(paceOf(PERMITS.filter(({ status }) => status !== 'released'))).toBe(5000);
  expect(paceOf([permit(0, 1), permit(1, 0)])).toBe(5250);
  expect(paceOf([permit(0, NOW), permit(0, NOW - 300_000)])).toBe(5250);
});
