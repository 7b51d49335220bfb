import { compareRanks } from '@gateway-queue/identify-limiter';
import type { Line } from '../line.ts';
import type { Reported } from '../report/replica-report.ts';

/** The lines of a bot over all replicas, by bucket. */
export function mergeLines(bot: string, reports: readonly Reported[]): Map<number, Line> {
  const merged = new Map<number, Line>();
  for (const { report } of reports) {
    for (const line of report.lines.find((lines) => lines.bot === bot)?.lines ?? []) {
      const others = merged.get(line.bucket);
      merged.set(line.bucket, others === undefined ? line : merge(others, line));
    }
  }
  return merged;
}

function merge(a: Line, b: Line): Line {
  const { head, reason } = goesFirst(b, a) ? b : a;
  return {
    bucket: a.bucket,
    waiting: a.waiting + b.waiting,
    throttled: a.throttled + b.throttled,
    oldestWaitSince: Math.min(a.oldestWaitSince, b.oldestWaitSince),
    ...(head && { head }),
    ...(reason && { reason }),
  };
}

function goesFirst(a: Line, b: Line): boolean {
  if (a.head === undefined || b.head === undefined) return a.head !== undefined;
  return compareRanks(a.head.rank, b.head.rank) < 0;
}
