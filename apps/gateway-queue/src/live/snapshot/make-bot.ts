import type { BotBody } from '../bodies/bot.body.ts';
import type { BucketBody } from '../bodies/bucket.body.ts';
import type { Line } from '../line.ts';
import type { Reported } from '../report/replica-report.ts';
import { makeBucket } from './make-bucket.ts';
import { makeBudget } from './make-budget.ts';
import { makeGatewayInfo } from './make-gateway-info.ts';
import { makeHolds } from './make-holds.ts';
import { makeLimits } from './make-limits.ts';
import { makeMargin } from './make-margin.ts';
import { makePauses } from './make-pauses.ts';
import {
  makeLastPermits,
  makeRecentPermits,
  permitsPerMinute,
  unnamedPermits,
} from './make-permits.ts';
import { mergeLines } from './merge-lines.ts';
import { countOfShownPermits, type Reading } from './reading.ts';

/** Which bot it is. */
export interface BotFacts {
  readonly id: string;
  /** Session starts that are never handed out. */
  readonly reserve: number;
}

/** A bot of which nothing is known, not even whether requests wait. */
export const UNKNOWN_BOT: BotBody = {
  permitsPerMinute: 0,
  waiting: 0,
  pauses: {},
  holds: {},
  buckets: {},
  recentPermits: {},
};

/** A bot as it is now. @param reports of all replicas */
export function makeBot(
  { id, reserve }: BotFacts,
  reading: Reading,
  reports: readonly Reported[],
): BotBody {
  const { limits, margin, pauses, permits } = reading;
  const info = makeGatewayInfo(id, reports, limits);
  const lines = mergeLines(id, reports);
  const shown = permits.slice(0, countOfShownPermits(limits?.maxConcurrency ?? 0));
  return {
    ...(limits && {
      limits: makeLimits(limits, info?.stale ?? true),
      budget: makeBudget(limits, reserve, reading),
      margin: makeMargin(margin),
    }),
    ...(info && { info }),
    permitsPerMinute: permitsPerMinute(reading),
    ...unnamedPermits(reading),
    ...inAll(lines),
    pauses: makePauses(pauses, limits?.maxConcurrency),
    holds: makeHolds(id, reports),
    buckets: makeBuckets(id, lines, reading),
    recentPermits: makeRecentPermits(id, shown),
  };
}

function inAll(lines: ReadonlyMap<number, Line>): Pick<BotBody, 'waiting' | 'oldestWaitSince'> {
  let waiting = 0;
  let oldestWaitSince = Infinity;
  for (const line of lines.values()) {
    waiting += line.waiting;
    oldestWaitSince = Math.min(oldestWaitSince, line.oldestWaitSince);
  }
  return { waiting, ...(waiting > 0 && { oldestWaitSince }) };
}

/** All buckets that there are, and those in which requests wait: right after a change of limits these may be others. */
function makeBuckets(
  bot: string,
  lines: ReadonlyMap<number, Line>,
  { now, opensAt, permits }: Reading,
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
      return [bucket, makeBucket(bucket, parts, now)];
    }),
  );
}
