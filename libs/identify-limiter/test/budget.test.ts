import {
  budgetAt,
  freshBudget,
  reconcile,
  refund,
  resize,
  SESSION_WINDOW_MS,
  spend,
  uncountedSince,
} from '@gateway-queue/identify-limiter';
import { expect, test } from 'vitest';

const NOW = 1_000_000;
/** A permit that nobody confirms. */
const plain = (at: number) => ({ givenAt: at, usedBy: at });
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
  expect(budgetAt(begun, NOW + SESSION_WINDOW_MS - 0.5)).toEqual(begun);
  expect(budgetAt(begun, NOW + SESSION_WINDOW_MS)).toMatchObject({ remaining: 3, resetAt: null });
  expect(budgetAt(freshBudget(3, 0), NOW)).toEqual(freshBudget(3, 0));
});

test('P3 a start that was not used comes back, to at most the total', () => {
  const begun = spend(freshBudget(3, 0), NOW);
  const back = refund(begun, plain(NOW));
  expect(back).toMatchObject({ remaining: 3, resetAt: begun.resetAt });
  expect(refund(back, plain(NOW)).remaining).toBe(3);
});

test('P3 a permit that the budget does not count adds nothing to it', () => {
  const refreshed = reconcile(counted, 0, NOW);
  expect(refund(refreshed, plain(uncountedSince(NOW, 0) - 1)).remaining).toBe(500);
  const refilled = budgetAt(spend(freshBudget(3, 0), NOW), NOW + SESSION_WINDOW_MS);
  expect(refund(spend(refilled, NOW + SESSION_WINDOW_MS + 1), plain(NOW)).remaining).toBe(2);
});

test('P3 what Discord counted goes by the end of use, a refilled window by the grant', () => {
  const from = uncountedSince(NOW, 0);
  const refreshed = reconcile(counted, 1, NOW);
  expect(refund(refreshed, { givenAt: from - 60_000, usedBy: from }).remaining).toBe(500);
  expect(refund(refreshed, { givenAt: from - 60_000, usedBy: from - 1 }).remaining).toBe(499);
  const reset = NOW + 61_000;
  const spent = spend(budgetAt(refreshed, reset), reset);
  expect(refund(spent, { givenAt: reset - 1, usedBy: reset + 60_000 }).remaining).toBe(999);
  expect(refund(spent, { givenAt: reset, usedBy: reset + 60_000 }).remaining).toBe(1000);
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
  const once = refund(overdrawn, plain(NOW));
  expect(once.remaining).toBeLessThanOrEqual(0);
  expect(refund(refund(once, plain(NOW)), plain(NOW)).remaining).toBe(1);
});

test('P3 under another total what was spent stays spent, however small the total was meanwhile', () => {
  let budget = freshBudget(1000, 0);
  for (let count = 0; count < 3; count++) budget = spend(budget, NOW);
  const small = resize(budget, 2);
  expect(small.remaining).toBeLessThanOrEqual(0);
  expect(resize(small, 10)).toMatchObject({ total: 10, remaining: 7, resetAt: budget.resetAt });
});
