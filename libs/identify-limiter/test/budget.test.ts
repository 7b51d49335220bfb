import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import {
  budgetAt,
  countConfirmed,
  freshBudget,
  reconcile,
  refund,
  resize,
  spend,
  uncountedSince,
} from '../src/budget.ts';
import { expect, test } from 'vitest';

const NOW = 1_000_000;
const none = () => 0;
const counted = { total: 1000, remaining: 500, resetInMs: 60_000, askedMsAgo: 0 };

test('P3 a window begins with its first permit and lasts for 24 h', () => {
  const fresh = freshBudget(3, 0);
  expect(fresh).toMatchObject({ total: 3, remaining: 3, resetAt: null });
  const begun = spend(fresh, NOW);
  expect(begun).toMatchObject({ remaining: 2, resetAt: NOW + SESSION_WINDOW_MS });
  expect(spend(begun, NOW + 5)).toMatchObject({ remaining: 1, resetAt: begun.resetAt });
  expect(fresh.remaining).toBe(3);
});

test('P3 a budget is whole again at its reset, and not before', () => {
  const begun = spend(freshBudget(3, 0), NOW);
  expect(budgetAt(begun, NOW + SESSION_WINDOW_MS - 0.5, none)).toEqual(begun);
  expect(budgetAt(begun, NOW + SESSION_WINDOW_MS, none)).toMatchObject({
    remaining: 3,
    resetAt: null,
  });
  expect(budgetAt(freshBudget(3, 0), NOW, none)).toEqual(freshBudget(3, 0));
});

test('P3 the window lasts from when its first permit is used at the latest', () => {
  const begun = spend(freshBudget(3, 0), NOW + 10_000);
  expect(begun.resetAt).toBe(NOW + 10_000 + SESSION_WINDOW_MS);
});

test('P3 at the reset permits stay taken off that are used in the second before it or later', () => {
  const reset = NOW + SESSION_WINDOW_MS;
  const uses = [reset - 1001, reset - 1000, reset - 0.5, reset + 8000];
  const usedSince = (since: number) => uses.filter((usedBy) => usedBy >= since).length;
  const refilled = budgetAt(spend(freshBudget(10, 0), NOW), reset + 60_000, usedSince);
  expect(refilled).toMatchObject({ remaining: 7, resetAt: null });
  expect(refund(refilled, reset - 1000).remaining).toBe(8);
  expect(refund(refilled, reset - 1001).remaining).toBe(7);
  expect(spend(refilled, reset + 90_000)).toMatchObject({
    remaining: 6,
    resetAt: reset + 90_000 + SESSION_WINDOW_MS,
  });
});

test('P3 P9 what a window was charged with is forgotten if it has not begun two windows later', () => {
  const reset = NOW + SESSION_WINDOW_MS;
  const usedSince = (since: number) => (since <= reset ? 3 : 0);
  const begun = spend(freshBudget(3, 0), NOW);
  const refilled = budgetAt(begun, reset, usedSince);
  const until = reset + 2 * SESSION_WINDOW_MS;
  expect(refilled).toMatchObject({ remaining: 0, resetAt: null, chargedUntil: until });
  expect(budgetAt(refilled, until - 0.5, usedSince)).toEqual(refilled);
  for (const before of [refilled, begun]) {
    expect(budgetAt(before, until, usedSince)).toMatchObject({ remaining: 3, chargedUntil: null });
  }
  expect(spend(refilled, reset).chargedUntil).toBeNull();
});

test('P3 a late confirm takes its permit off a budget that had not counted it', () => {
  const reset = NOW + SESSION_WINDOW_MS;
  const refilled = budgetAt(spend(freshBudget(10, 0), NOW), reset, none);
  expect(countConfirmed(refilled, reset - 1001, reset + 2000)).toMatchObject({
    remaining: 9,
    resetAt: reset + 2000 + SESSION_WINDOW_MS,
  });
  expect(countConfirmed(refilled, reset - 1000, reset + 2000)).toEqual(refilled);
});

test('P3 a start that was not used comes back, to at most the total', () => {
  const begun = spend(freshBudget(3, 0), NOW);
  const back = refund(begun, NOW);
  expect(back).toMatchObject({ remaining: 3, resetAt: begun.resetAt });
  expect(refund(back, NOW).remaining).toBe(3);
});

test('P3 a permit that the budget does not count adds nothing to it', () => {
  const refreshed = reconcile(counted, 1, NOW);
  expect(refund(refreshed, uncountedSince(NOW, 0)).remaining).toBe(500);
  expect(refund(refreshed, uncountedSince(NOW, 0) - 1).remaining).toBe(499);
  const refilled = budgetAt(spend(freshBudget(3, 0), NOW), NOW + SESSION_WINDOW_MS, none);
  expect(refund(spend(refilled, NOW + SESSION_WINDOW_MS + 1), NOW).remaining).toBe(2);
});

test("P3 Discord's count is less the permits it may not have seen, its reset a second later", () => {
  expect(reconcile(counted, 2, NOW)).toMatchObject({
    total: 1000,
    remaining: 498,
    resetAt: NOW + 61_000,
  });
});

test('P3 permits are uncounted for 10 s before Discord was asked', () => {
  expect(uncountedSince(NOW, 0)).toBe(NOW - 10_000);
  expect(uncountedSince(NOW, 3000)).toBe(NOW - 13_000);
});

test('P3 what was overspent is made up for before anything is left', () => {
  const overdrawn = reconcile({ ...counted, remaining: 1 }, 3, NOW);
  const once = refund(overdrawn, NOW);
  expect(once.remaining).toBeLessThanOrEqual(0);
  expect(refund(refund(once, NOW), NOW).remaining).toBe(1);
});

test('P3 under another total what was spent stays spent, however small the total was meanwhile', () => {
  let budget = freshBudget(1000, 0);
  for (let count = 0; count < 3; count++) budget = spend(budget, NOW);
  const small = resize(budget, 2);
  expect(small.remaining).toBeLessThanOrEqual(0);
  expect(resize(small, 10)).toMatchObject({ total: 10, remaining: 7, resetAt: budget.resetAt });
});
