import { expect, test } from 'vitest';
import type { Bot, Bucket, Permit } from '../api/schemas.ts';
import { bootOf, paceOf } from './boot.ts';

const NOW = 1_000_000;

function permit(number: number, at: number, fate: Permit['fate'] = 'confirmed'): Permit {
  return { id: `${number}.${at}`, bucket: number, at, fate };
}

function bucket(waiting: number, rest: Partial<Bucket> = {}): Bucket {
  return { waiting, braked: 0, reason: 'interval', ...rest };
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
  permit(1, NOW - 2000, 'given-back'),
  permit(0, NOW - 6000),
  permit(0, NOW - 11_000),
  permit(2, NOW - 30_000),
  permit(0, NOW - 60_000),
];

test('nobody waits, nothing starts', () => {
  expect(bootOf(bot({ 0: bucket(0) }), PERMITS, NOW)).toBeUndefined();
});

test('counts the run of permits that goes on, and ends with the longest line', () => {
  const boot = bootOf(bot({ 0: bucket(3, { opensAt: NOW + 4000 }), 1: bucket(1) }), PERMITS, NOW);
  expect(boot).toEqual({ waiting: 4, done: 4, endsAt: NOW + 4000 + 2 * 5000 });
});

test.each([
  bot({ 0: bucket(1) }, { pauses: { all: { reason: 'x', by: 'y', since: 0, dormant: false } } }),
  bot({ 0: bucket(1, { reason: 'budget' }), 1: bucket(1) }),
])('no end is foretold while something holds a line', (held) => {
  expect(bootOf(held, PERMITS, NOW)?.endsAt).toBeUndefined();
});

test('the pace is that of half of the gaps, and the default one without any', () => {
  expect(paceOf(PERMITS)).toBe(5000);
  expect(paceOf([permit(0, 1), permit(1, 0)])).toBe(5250);
});
