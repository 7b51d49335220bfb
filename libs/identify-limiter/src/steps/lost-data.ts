import type { StepContext } from './context.ts';
import { currentBot, type LoadedBot } from './current-bot.ts';
import type { Outcome, ReplicaWrite, Write } from './write.ts';

/**
 * The store may miss what was written last, for instance because another server took over that had not received it. A
 * store runs this once for each bot whose limits are on record, before any permit is granted:
 *
 * - One whole interval passes before the next permit.
 * - Each bucket may have had one permit that is not on record, so as many session starts are taken off.
 * - That a head was withdrawn may be lost, so all heads are forgotten. Each replica reports its heads again, and enters
 *   all its waiters again, before the interval is over.
 */
export function noticeLostData(
  bot: string,
  loaded: LoadedBot,
  { now }: StepContext,
): Outcome<void, Write | ReplicaWrite> {
  const before = currentBot(loaded, now);
  const { budget, maxConcurrency } = before;
  const state = {
    ...before,
    lostAt: now,
    budget: { ...budget, remaining: budget.remaining - maxConcurrency },
  };
  return {
    answer: undefined,
    writes: [
      { kind: 'save-bot', bot, state },
      { kind: 'vouch', bot, since: now },
      { kind: 'forget-heads', bot },
      { kind: 'forget-records', bot },
    ],
    changes: [],
  };
}
