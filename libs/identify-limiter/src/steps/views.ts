import type { Limits } from '../limits.ts';
import type { BotState } from './state.ts';

/** The bot's limits as callers get them, of a state whose budget was brought up to now. */
export function toLimits(state: BotState, now: number): Limits {
  const { resetAt, total, remaining } = state.budget;
  return {
    version: state.version,
    maxConcurrency: state.maxConcurrency,
    total,
    remaining: Math.max(remaining, 0),
    resetInMs: resetAt === null ? null : resetAt - now,
    source: state.source,
    countedByDiscord: state.countedByDiscord,
    ageMs: now - state.reportedAt,
  };
}
