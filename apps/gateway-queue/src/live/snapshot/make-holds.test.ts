import { expect, test } from 'vitest';
import type { ReportedHold } from '../report/replica-report.ts';
import { quietReport } from '../testing/fake-reports.ts';
import { makeHolds } from './make-holds.ts';

const BUDGET: ReportedHold = {
  bot: 'music',
  reason: 'budget',
  bucket: null,
  since: 2000,
  until: 9000,
  waiting: 3,
};

function reported(replica: string, ...holds: ReportedHold[]) {
  return { replica, reportedAt: 5000, report: quietReport({ holds }) };
}

test('P12 the same hold at several replicas is one, since the first of them saw it', () => {
  const reports = [
    reported('a', BUDGET, { ...BUDGET, bot: 'other' }),
    reported('b', { ...BUDGET, since: 1000, until: 9500, waiting: 2 }),
    reported('c'),
  ];
  expect(makeHolds('music', reports)).toEqual({
    budget: { reason: 'budget', waiting: 5, since: 1000, until: 9500 },
  });
});

test('P12 pauses of several buckets are one hold, with an end when each of them has one', () => {
  const paused = { ...BUDGET, reason: 'paused', bucket: 0 } as const;
  const ending = reported('a', paused, { ...paused, bucket: 1, until: 7000, waiting: 1 });
  expect(makeHolds('music', [ending])).toEqual({
    paused: { reason: 'paused', waiting: 4, since: 2000, until: 9000 },
  });
  const endless = reported('b', { ...paused, bucket: 1, until: null, waiting: 0 });
  expect(makeHolds('music', [ending, endless])['paused']).not.toHaveProperty('until');
});
