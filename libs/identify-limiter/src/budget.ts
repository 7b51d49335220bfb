import type { Starts } from './attempt.ts';
import { RESET_SLACK_MS, SESSION_WINDOW_MS, UNCOUNTED_MS } from './constants.ts';

/**
 * The session starts of one bot, on the limiter's clock. Values are never changed in place.
 *
 * Permits are counted by their use, since Discord sees a start when it is made. `usedBy` is the end of the time in which
 * a permit may be used: the grant when the permit need not be confirmed, the deadline while it is pending, and the
 * confirm once that came.
 */
export interface Budget {
  readonly total: number;
  /** Below 0 when more was spent than Discord turned out to have; released starts make up for that first. */
  readonly remaining: number;
  /** When `remaining` is `total` again; null while the window has not begun. */
  readonly resetAt: number | null;
  /** `remaining` is less by one for each permit with this `usedBy` or a later one; earlier permits are settled. */
  readonly countsFrom: number;
  /**
   * Permits of the window before may be taken off a window that has not begun, since they may have begun it. At this
   * moment they count no more. Null when there are none.
   */
  readonly chargedUntil: number | null;
}

/** A window that has not begun, with all its starts. No permit used before `countsFrom` is taken off it. */
export function freshBudget(total: number, countsFrom: number): Budget {
  return { total, remaining: total, resetAt: null, countsFrom, chargedUntil: null };
}

/**
 * Refills a budget whose reset has come, but for the permits that may be used in the new window. Every reading of a
 * budget passes through here first, and until the refilled one is kept it is worked out anew each time.
 *
 * @param usedSince how many permits have that `usedBy` or a later one, less those released
 */
export function budgetAt(
  budget: Budget,
  now: number,
  usedSince: (since: number) => number,
): Budget {
  const end = endedAt(budget, now);
  if (end === null) return budget;
  const fresh = freshBudget(budget.total, end - RESET_SLACK_MS);
  const charged = usedSince(fresh.countsFrom);
  if (charged === 0) return fresh;
  // A window that they began ends one window after the last of them. Two windows are enough for that.
  const chargedUntil = end + 2 * SESSION_WINDOW_MS;
  const refilled = { ...fresh, remaining: fresh.total - charged, chargedUntil };
  return budgetAt(refilled, now, usedSince);
}

/** From which `usedBy` on {@link budgetAt} counts permits; null when it counts none, as long as no refill is due. */
export function refillCountsFrom(budget: Budget, now: number): number | null {
  const end = endedAt(budget, now);
  return end === null ? null : end - RESET_SLACK_MS;
}

function endedAt({ chargedUntil, resetAt }: Budget, now: number): number | null {
  const end = resetAt ?? chargedUntil;
  return end === null || end > now ? null : end;
}

/** Takes one start, which is made by `usedBy`. The window begins with its first one. */
export function spend(budget: Budget, usedBy: number): Budget {
  return {
    ...budget,
    remaining: budget.remaining - 1,
    resetAt: budget.resetAt ?? usedBy + SESSION_WINDOW_MS,
    chargedUntil: null,
  };
}

/** Puts back the start of a permit that was not used, if it was taken off this budget. */
export function refund(budget: Budget, usedBy: number): Budget {
  if (usedBy < budget.countsFrom) return budget;
  return { ...budget, remaining: Math.min(budget.remaining + 1, budget.total) };
}

/** Takes the start of a permit off that is confirmed now, if its time was over too early to be counted. */
export function countConfirmed(budget: Budget, usedBy: number, now: number): Budget {
  return usedBy < budget.countsFrom ? spend(budget, now) : budget;
}

/** The same budget under another total, what was spent staying spent. */
export function resize(budget: Budget, total: number): Budget {
  return { ...budget, total, remaining: budget.remaining + total - budget.total };
}

/** What may still be given of a budget that was brought up to now, and of which `reserve` never is. */
export function startsOf(
  { remaining, resetAt, total }: Budget,
  reserve: number,
  now: number,
): Starts {
  return {
    left: Math.max(remaining - reserve, 0),
    perWindow: Math.max(total - reserve, 0),
    resetInMs: resetAt === null ? null : resetAt - now,
  };
}

/** Permits whose `usedBy` is this moment or later may be missing from an answer of Discord that was asked for `askedMsAgo`. */
export function uncountedSince(now: number, askedMsAgo: number): number {
  return now - askedMsAgo - UNCOUNTED_MS;
}

/**
 * Discord's own count, corrected for the permits that it may not have seen.
 *
 * @param uncounted how many permits {@link uncountedSince} says may be missing, less those released
 */
export function reconcile(
  counted: { total: number; remaining: number; resetInMs: number; askedMsAgo: number },
  uncounted: number,
  now: number,
): Budget {
  return {
    total: counted.total,
    remaining: counted.remaining - uncounted,
    // Discord says 0 of a window that has not begun. Taken for a reset that has come, it would forget the
    // uncounted permits a moment later.
    resetAt: counted.resetInMs > 0 ? now + counted.resetInMs + RESET_SLACK_MS : null,
    countsFrom: uncountedSince(now, counted.askedMsAgo),
    chargedUntil: null,
  };
}
