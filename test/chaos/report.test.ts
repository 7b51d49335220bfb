import { expect, test } from 'vitest';

import { FakeHistory } from './checker/testing/fake-history.ts';
import { readOptions } from './options.ts';
import { report } from './report.ts';

test('a report has each violation with its requests and the seed', () => {
  const history = new FakeHistory();
  history.permit(1000, history.request(0, { shard: 0 }));
  history.request(0, { shard: 2, outcome: 'left', endedAt: 900 });
  const faultCounts = new Map([
    ['redis killed', 2],
    ['link cut', 1],
  ]);
  const violations = [{ promise: 'P1', what: 'a permit too early', requests: [3, 4] }];
  const lines = report(99, { history, faultCounts }, { violations, figures: { minGapMs: 12.345 } });
  expect(lines.split('\n')).toEqual([
    'seed 99: 3 faults (link cut 1, redis killed 2)',
    '  2 requests (permit 1, left 1)',
    '  min gap ms: 12.3',
    '  1 violations',
    '  P1: a permit too early [requests 3, 4; seed 99]',
  ]);
});

test('without options there are ten minutes and a random seed', () => {
  const { minutes, out, seed } = readOptions([]);
  expect({ minutes, out }).toEqual({ minutes: 10, out: undefined });
  expect(seed).toSatisfy(Number.isSafeInteger);
  expect(readOptions(['--minutes', '0.5', '--seed', '7', '--out', '/tmp'])).toEqual({
    minutes: 0.5,
    seed: 7,
    out: '/tmp',
  });
});

test.each([[['--minutes', '0']], [['--minutes', 'x']], [['--seed', '1.5']], [['--hours', '1']]])(
  'options %j are refused',
  (args) => {
    expect(() => readOptions(args)).toThrow(Error);
  },
);
