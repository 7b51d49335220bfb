import { expect, test } from 'vitest';
import type { Bot, Bucket, Permit } from '../api/schemas.ts';
import { progressOf, paceOf } from './progress.ts';

const NOW = 1_000_000;

function permit(number: number, at: number, status: Permit['status'] = 'confirmed'): Permit {
  return { id: `${number}.${at}`, bucket: number, at, status };
}

function bucket(waiting: number, rest: Partial<Bucket> = {}): Bucket {
  return { bucket: 0, waiting, throttled: 0, reason: 'interval', ...rest };
}

function bot(buckets: Record<string, Bucket>, rest: Partial<Bot> = {}): Bot {
  const waiting = Object.values(buckets).reduce((sum, each) => sum + each.waiting, 0);
  return {
    permitsPerMinute: 0,
    waiting,
    oldestWaitSince: NOW - 20_000,
    pauses: {},
    holds: {},
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

test('is undefined while no request waits', () => {
  expect(progressOf(bot({ 0: bucket(0) }), PERMITS, NOW)).toBeUndefined();
});

test('counts the permits of the present run, and ends with the longest line', () => {
  const progress = progressOf(
    bot({ 0: bucket(3, { opensAt: NOW + 4000 }), 1: bucket(1) }),
    PERMITS,
    NOW,
  );
  expect(progress).toEqual({
    waiting: 4,
    granted: 4,
    endsAt: NOW + 4000 + 2 * 5000,
    blockedBuckets: 0,
    blockedBy: [],
  });
});

test('has no end for a paused bot, whatever the reasons of its buckets', () => {
  const paused = bot(
    { 0: bucket(1), 1: bucket(2) },
    { pauses: { all: { reason: 'x', by: 'y', since: 0, dormant: false } } },
  );
  expect(progressOf(paused, PERMITS, NOW)).toMatchObject({
    endsAt: undefined,
    blockedBuckets: 2,
    blockedBy: ['paused'],
  });
});

test('counts blocked buckets apart, and ends with the longest line that moves', () => {
  const blocked = bot({
    0: bucket(1, { reason: 'crash-loop' }),
    1: bucket(9, { reason: 'paused' }),
    2: bucket(0, { reason: 'budget' }),
    3: bucket(2),
  });
  expect(progressOf(blocked, PERMITS, NOW)).toMatchObject({
    endsAt: NOW + 5000,
    blockedBuckets: 2,
    blockedBy: ['crash-loop', 'paused'],
  });
});

test('takes the pace from the present run, not from the time since the run before', () => {
  const minutes = [5, 10, 15].flatMap((ago) => [
    permit(0, NOW - ago * 60_000),
    permit(1, NOW - ago * 60_000 - 1),
  ]);
  const progress = progressOf(bot({ 0: bucket(36) }), [permit(0, NOW - 1000), ...minutes], NOW);
  expect(progress?.endsAt).toBe(NOW + 35 * 5750);
});

test('leaves released permits out of the pace', () => {
  const permits = [1, 2, 3, 4].map((second) => permit(0, NOW - second * 1000, 'released'));
  expect(progressOf(bot({ 0: bucket(2) }), permits, NOW)?.endsAt).toBe(NOW + 5750);
});

test('the pace is the median gap, and the default without any gap', () => {
  expect(paceOf(PERMITS.filter(({ status }) => status !== 'released'))).toBe(5000);
  expect(paceOf([permit(0, 1), permit(1, 0)])).toBe(5750);
  expect(paceOf([permit(0, NOW), permit(0, NOW - 300_000)])).toBe(5750);
});
