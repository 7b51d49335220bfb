import { BOT, OTHER_BOT, report } from '../moves.ts';
import type { Command } from './commands.ts';

/** How many histories a test plays, and how long it may take. */
export const RUNS = 60;
export const LONG = { timeout: 60_000 };

/** So tight that each rule applies even in a short history. */
export const RULES = {
  reserveOf: (bot: string) => (bot === BOT ? 1 : 0),
  crashLoop: { burst: 2, windowMs: 30_000, below: 0.6 },
};

/** Every history begins with limits, and with the interval that new state has to wait. */
export const BEGINNING: readonly Command[] = [
  { do: 'report', bot: BOT, report: report(2, { total: 8 }) },
  { do: 'report', bot: OTHER_BOT, report: report(2, { total: 8 }) },
  { do: 'advance', ms: 0, intervals: 1, timeouts: 0 },
];
