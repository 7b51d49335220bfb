import { expect, test } from 'vitest';
import type { Bot, Pause } from '../../api/schemas.ts';
import { nameOf } from '../../api/scope.ts';
import { activePauses } from './active-pauses.ts';

const PAUSE: Pause = { reason: 'deploy', by: 'kim', since: 1, dormant: false };

function botWith(pauses: Bot['pauses']): Bot {
  return { permitsPerMinute: 0, waiting: 0, pauses, holds: {}, buckets: {}, recentPermits: {} };
}

test("lists the pauses in force: the whole bot's first, then those of buckets by number", () => {
  const snapshot = {
    version: 1,
    at: 1,
    replicas: {},
    limiter: { available: true },
    bots: {
      one: botWith({ 10: PAUSE, 9: PAUSE, 70: { ...PAUSE, dormant: true }, all: PAUSE }),
      two: botWith({ 0: PAUSE }),
    },
  };
  expect(activePauses(snapshot).map(({ scope }) => nameOf(scope))).toEqual([
    'bot one',
    'bucket 9 of bot one',
    'bucket 10 of bot one',
    'bucket 0 of bot two',
  ]);
});
