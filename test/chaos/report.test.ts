import { expect, test } from 'vitest';

import { MadeUp } from './checker/testing/fake-history.ts';
import { readOptions } from './options.ts';
import { report } from './report.ts';

test('a violation is told with its requests and the seed to repeat it', () => {
  const history = new MadeUp();
  history.permit(1000, history.ask(0, { shard: 0 }));
  history.ask(0, { shard: 2, outcome: 'left', endedAt: 900 });
  const faults = new Map([
    ['redis killed', 2],
    ['link cut', 1],
  ]);
  const violations = [{ promise: 'P1', what: 'a permit too early', asks: [3, 4] }];
  const lines = report(99, { history, faults }, { violations, figures: { leastGapMs: 12.345 } });
  expect(lines.split('\n')).toEqual([
    'seed 99: 3 faults (link cut 1, redis killed 2)',
    '  2 requests (permit 1, left 1)',
    '  least gap ms: 12.3',
    '  1 violations',
    '  P1: a permit too early [requests 3, 4; seed 99]',
  ]);
});

test('ten minutes and any seed, unless told otherwise', () => {
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
  '%j is refused',
  (args) => {
    expect(() => readOptions(args)).toThrow(Error);
  },
);
