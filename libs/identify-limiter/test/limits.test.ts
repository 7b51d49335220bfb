import { assertUsableReport, bucketOf, type LimitsReport } from '@gateway-queue/identify-limiter';
import { expect, test } from 'vitest';

const budget = { remaining: 0, resetInMs: 0, askedMsAgo: 0 };
const report: LimitsReport = { maxConcurrency: 1, total: 0, source: 'discord', budget };

test.each([
  { shard: 0, maxConcurrency: 1, bucket: 0 },
  { shard: 17, maxConcurrency: 16, bucket: 1 },
  { shard: 2 ** 31 - 1, maxConcurrency: 16, bucket: 15 },
  { shard: null, maxConcurrency: 16, bucket: 0 },
])('shard $shard of $maxConcurrency buckets is in bucket $bucket', (row) => {
  expect(bucketOf(row.shard, row.maxConcurrency)).toBe(row.bucket);
});

test('the least that limits can be is usable, with a budget and without', () => {
  expect(() => assertUsableReport(report)).not.toThrow();
  expect(() =>
    assertUsableReport({ maxConcurrency: 1, total: 0, source: 'default' }),
  ).not.toThrow();
});

test('durations may have fractions', () => {
  const fractions = { remaining: 1, resetInMs: 0.5, askedMsAgo: 1.25 };
  expect(() => assertUsableReport({ ...report, budget: fractions })).not.toThrow();
});

test.each([
  ['maxConcurrency must be a whole number, at least 1; got 0', { ...report, maxConcurrency: 0 }],
  [
    'maxConcurrency must be a whole number, at least 1; got 1.5',
    { ...report, maxConcurrency: 1.5 },
  ],
  [
    'maxConcurrency must be one of 1, 2, 4, 8, 16; got 12',
    { ...report, maxConcurrency: 12, discordMaxConcurrency: 16 },
  ],
  ['total must be a whole number, at least 0; got -1', { ...report, total: -1 }],
  ['total must be a whole number, at least 0; got Infinity', { ...report, total: Infinity }],
  [
    'budget.remaining must be a whole number, at least 0; got NaN',
    { ...report, budget: { ...budget, remaining: Number.NaN } },
  ],
  [
    'budget.resetInMs must be a number of milliseconds, at least 0; got -1',
    { ...report, budget: { ...budget, resetInMs: -1 } },
  ],
  [
    'budget.askedMsAgo must be a number of milliseconds, at least 0; got Infinity',
    { ...report, budget: { ...budget, askedMsAgo: Infinity } },
  ],
])('unusable: %s', (message, unusable) => {
  expect(() => assertUsableReport(unusable)).toThrow(new RangeError(message));
});
