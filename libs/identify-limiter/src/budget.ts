import type { Starts } from './attempt.ts';
import { SESSION_WINDOW_MS } from './limits.ts';

/** The session starts of one bot, on the limiter's clock. Values are never changed in place. */
export interface Budget {
  readonly total: number;
  /** Below 0 when more was spent than there turned out to be; what is given back makes up for that first. */
  readonly remaining: number;
  /** When `remaining` is `total` again; null while the window has not begun. */
  readonly resetAt: number | null;
  /** `remaining` is less by one for each permit of this moment or later; earlier ones are settled. */
  readonly countsFrom: number;
  /**
   * Which moment of a permit is meant: its grant in a window that the limiter counts itself; the end of the
   * time in which it may be used once Discord has counted, which sees a start when it is made.
   */
  readonly countsBy: 'grant' | 'use';
}

/** The moments of a permit that tell whether it was taken off a budget, on the limiter's clock. */
export interface PermitTimes {
  readonly givenAt: number;
  /**
   * The end of the time in which it may be used: the permit itself when nobody confirms it, the deadline
   * while its confirm is awaited, and the confirm once that came.
   */
  readonly usedBy: number;
}

/**
 * A permit that was used less than this ago may not be in Discord's count yet: its shard is still connecting.
 * It is taken off what Discord reports, which at worst withholds a few starts until the next refresh.
 */
const UNCOUNTED_MS = 10_000;

/**
 * Discord's reset is known through a network and to the millisecond at best. Refilling this much later
 * keeps the first start of the new window from falling into the old one.
 */
const RESET_SLACK_MS = 1000;

/** A window that has not begun, with all its starts. No permit given before `countsFrom` is taken off it. */
export function freshBudget(total: number, countsFrom: number): Budget {
  return { total, remaining: total, resetAt: null, countsFrom, countsBy: 'grant' };
}

/** Refills a budget whose reset has come. Every reading of a budget passes through here first. */
export function budgetAt(budget: Budget, now: number): Budget {
  return budget.resetAt !== null && budget.resetAt <= now
    ? freshBudget(budget.total, budget.resetAt)
    : budget;
}

/** Takes one start. The window begins with its first one. */
export function spend(budget: Budget, now: number): Budget {
  return {
    ...budget,
    remaining: budget.remaining - 1,
    resetAt: budget.resetAt ?? now + SESSION_WINDOW_MS,
  };
}

/** Puts back the start of a permit that was not used, if it was taken off this budget. */
export function refund(budget: Budget, permit: PermitTimes): Budget {
  const at = budget.countsBy === 'use' ? permit.usedBy : permit.givenAt;
  if (at < budget.countsFrom) return budget;
  return { ...budget, remaining: Math.min(budget.remaining + 1, budget.total) };
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

/**
 * Permits whose {@link PermitTimes.usedBy} is this moment or later may be missing from an answer of Discord
 * that was asked for `askedMsAgo`.
 */
export function uncountedSince(now: number, askedMsAgo: number): number {
  return now - askedMsAgo - UNCOUNTED_MS;
}

/**
 * Discord's own count, corrected for the permits that it may not have seen.
 *
 * @param uncounted how many permits {@link uncountedSince} says may be missing, less those given back
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
    countsBy: 'use',
  };
}
