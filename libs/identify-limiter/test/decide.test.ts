import type { Rank } from '@gateway-queue/identify-limiter';
import { freshBudget } from '../src/budget.ts';
import { type DecisionInput, denialFor } from '../src/decide.ts';
import { expect, test } from 'vitest';

const NOW = 1000;
const rank: Rank = { priority: 'normal', joinedAt: 10, ticket: 1 };
const first: Rank = { ...rank, ticket: 0 };
const open: DecisionInput = {
  pausedUntil: undefined,
  budget: freshBudget(1, 0),
  reserve: 0,
  throttledUntil: undefined,
  opensAt: NOW,
  otherHeads: [],
};
const charged = { ...freshBudget(1, 0), remaining: 0, chargedUntil: NOW + 7 };
const exhausted = { ...freshBudget(1, 0), remaining: 0, resetAt: NOW + 5 };

test('an open bucket with budget denies nothing to the first in line', () => {
  expect(denialFor(open, rank, NOW)).toBeNull();
  expect(denialFor({ ...open, otherHeads: [{ ...rank, ticket: 2 }] }, rank, NOW)).toBeNull();
});

test.each([
  { reason: 'paused', retryInMs: null, state: { pausedUntil: null } },
  { reason: 'paused', retryInMs: 7, state: { pausedUntil: NOW + 7 } },
  { reason: 'budget', retryInMs: 5, state: { budget: exhausted } },
  { reason: 'budget', retryInMs: 5, state: { budget: { ...exhausted, remaining: -1 } } },
  { reason: 'budget', retryInMs: 7, state: { budget: charged } },
  { reason: 'budget', retryInMs: null, state: { budget: freshBudget(0, 0) } },
  { reason: 'budget', retryInMs: null, state: { reserve: 1 } },
  { reason: 'budget', retryInMs: null, state: { reserve: 2 } },
  { reason: 'crash-loop', retryInMs: 9, state: { throttledUntil: NOW + 9 } },
  { reason: 'interval', retryInMs: 0.5, state: { opensAt: NOW + 0.5 } },
  { reason: 'line', retryInMs: null, state: { otherHeads: [{ ...rank, ticket: 2 }, first] } },
])('denied for $reason, for $retryInMs ms', ({ reason, retryInMs, state }) => {
  expect(denialFor({ ...open, ...state }, rank, NOW)).toEqual({
    granted: false,
    reason,
    retryInMs,
  });
});

test.each([
  { reason: 'paused', state: { pausedUntil: null } },
  { reason: 'budget', state: {} },
  { reason: 'crash-loop', state: { budget: open.budget } },
  { reason: 'interval', state: { budget: open.budget, throttledUntil: undefined } },
  { reason: 'line', state: { budget: open.budget, throttledUntil: undefined, opensAt: NOW } },
])('of several reasons the first to be checked is told: $reason', ({ reason, state }) => {
  const closed = {
    ...open,
    budget: exhausted,
    throttledUntil: NOW + 1,
    opensAt: NOW + 1,
    otherHeads: [first],
  };
  expect(denialFor({ ...closed, ...state }, rank, NOW)?.reason).toBe(reason);
});
