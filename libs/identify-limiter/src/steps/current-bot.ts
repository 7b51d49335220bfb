import { budgetAt, refillCountsFrom, uncountedSince } from '../budget.ts';
import type { LimitsReport } from '../limits.ts';
import type { BotState } from './state.ts';

/** A bot as a store loads it. */
export interface LoadedBot {
  /** As it was saved last. */
  readonly state: BotState;
  /**
   * `usedBy` of the bot's permits from {@link usesNeededSince} on, without those released, in any order. Empty when that
   * is null.
   */
  readonly uses: readonly number[];
}

/**
 * From which `usedBy` on a store has to load the uses of the bot's permits; null when no step needs them.
 *
 * @param report the limits that are about to be set, if any
 */
export function usesNeededSince(
  state: BotState | undefined,
  now: number,
  report?: LimitsReport,
): number | null {
  const moments = [
    state === undefined ? null : refillCountsFrom(state.budget, now),
    report?.budget === undefined ? null : uncountedSince(now, report.budget.askedMsAgo),
  ].filter((moment) => moment !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** How many of these uses were at that moment or later. */
export function usedSince(uses: readonly number[], since: number): number {
  return uses.reduce((count, usedBy) => (usedBy >= since ? count + 1 : count), 0);
}

/** The bot with its budget brought up to now. */
export function currentBot({ state, uses }: LoadedBot, now: number): BotState {
  const budget = budgetAt(state.budget, now, (since) => usedSince(uses, since));
  return budget === state.budget ? state : { ...state, budget };
}
