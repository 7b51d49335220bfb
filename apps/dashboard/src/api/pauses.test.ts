import { expect, test } from 'vitest';
import { isSamePause } from './pauses.ts';

const PAUSE = { by: 'kim', reason: 'Deploying', since: 1_000_000, dormant: false };

test('a pause is the same although its moments differ', () => {
  expect(isSamePause(PAUSE, { ...PAUSE, since: PAUSE.since + 43 })).toBe(true);
});

test.each([{ by: 'casey' }, { reason: 'Incident' }])(
  'a pause with %j is another pause',
  (other) => {
    expect(isSamePause(PAUSE, { ...PAUSE, ...other })).toBe(false);
  },
);
