import type {
  Attempt,
  Entry,
  Leaver,
  LimitsReport,
  PauseOrder,
} from '@gateway-queue/identify-limiter';
import { toMicroseconds } from '../scripts/microseconds.ts';
import { toRankText } from './rank-text.ts';

/** An entry for `enter.lua`. */
export function fromEntry(entry: Entry): object {
  return { ...fromLeaver(entry), priority: entry.priority };
}

/** An entry for `leave.lua`. */
export function fromLeaver({ id, rank, shard }: Leaver): object {
  return { id, shard, rank: rank && toRankText(rank) };
}

/** The input of `try-acquire.lua`. */
export function fromAttempt({ bot: _bot, rank, ...attempt }: Attempt): object {
  return { ...attempt, rank: toRankText(rank) };
}

/** The input of `set-limits.lua`. */
export function fromReport(report: LimitsReport): object {
  const { budget, discordMaxConcurrency, maxConcurrency, source, total } = report;
  return {
    maxConcurrency,
    discordMaxConcurrency,
    total,
    source,
    budget: budget && {
      remaining: budget.remaining,
      resetIn: toMicroseconds(budget.resetInMs),
      askedAgo: toMicroseconds(budget.askedMsAgo),
    },
  };
}

/** The input of `pause.lua`. */
export function fromPauseOrder({ bucket, by, durationMs, reason }: PauseOrder): object {
  const duration = durationMs === null ? null : toMicroseconds(durationMs);
  return { bucket, reason, by, duration };
}
