import type { BotBody } from '../bodies/bot.body.ts';
import type { BucketBody } from '../bodies/bucket.body.ts';
import type { Reported } from '../report/replica-report.ts';
import { makeBucket } from './make-bucket.ts';
import { makeBudget } from './make-budget.ts';
import { makeGatewayInfo } from './make-gateway-info.ts';
import { makeLimits } from './make-limits.ts';
import { makePauses } from './make-pauses.ts';
import { makeLastPermits, makeRecentPermits, permitsPerMinute } from './make-permits.ts';
import { type MergedLine, mergeLines } from './merge-lines.ts';
import { countOfShownPermits, type Reading } from './reading.ts';
import { steadyMember } from './steady.ts';

/** Which bot it is. */
export interface BotFacts {
  readonly id: string;
  /** Session starts that are never handed out. */
  readonly reserve: number;
}

/** A bot of which nothing is known, not even whether somebody waits. */
export const UNKNOWN_BOT: BotBody = {
  permitsPerMinute: 0,
  waiting: 0,
  pauses: {},
  buckets: {},
  recentPermits: {},
};

/**
 * A bot as it is now.
 *
 * @param reports of all replicas
 * @param wallNow ms since the Unix epoch, when `reading` and `reports` were taken
 * @param before as it was at the last tick
 */
export function makeBot(
  { id, reserve }: BotFacts,
  reading: Reading,
  reports: readonly Reported[],
  wallNow: number,
  before: BotBody = UNKNOWN_BOT,
): BotBody {
  const { limits, pauses, permits } = reading;
  const info = makeGatewayInfo(id, reports, wallNow, before.info);
  const lines = mergeLines(id, reports, wallNow);
  const { oldestWaitSince, waiting } = inAll(lines);
  const shown = permits.slice(0, countOfShownPermits(limits?.maxConcurrency ?? 0));
  return {
    ...(limits && {
      limits: makeLimits(limits, info?.stale ?? true),
      budget: makeBudget(limits, reserve, reading),
    }),
    ...(info && { info }),
    permitsPerMinute: permitsPerMinute(reading),
    waiting,
    ...steadyMember('oldestWaitSince', oldestWaitSince, before),
    pauses: makePauses(pauses, limits?.maxConcurrency),
    buckets: makeBuckets(id, lines, reading, before.buckets),
    recentPermits: makeRecentPermits(id, shown),
  };
}

function inAll(lines: ReadonlyMap<number, MergedLine>): {
  readonly waiting: number;
  readonly oldestWaitSince: number | null;
} {
  let waiting = 0;
  let oldest = Infinity;
  for (const line of lines.values()) {
    waiting += line.waiting;
    oldest = Math.min(oldest, line.oldestWaitSince);
  }
  return { waiting, oldestWaitSince: waiting === 0 ? null : oldest };
}

/** All that there are, and those in which somebody waits: for a moment after a change of limits that may be others. */
function makeBuckets(
  bot: string,
  lines: ReadonlyMap<number, MergedLine>,
  { now, opensAt, permits }: Reading,
  before: Readonly<Record<string, BucketBody>>,
): Record<string, BucketBody> {
  const lastPermits = makeLastPermits(bot, permits);
  const numbers = new Set([...opensAt.keys(), ...lines.keys()]);
  return Object.fromEntries(
    Array.from(numbers, (bucket) => {
      const parts = {
        line: lines.get(bucket),
        opensAt: opensAt[bucket],
        lastPermit: lastPermits.get(bucket),
      };
      return [bucket, makeBucket(parts, now, before[bucket])];
    }),
  );
}
