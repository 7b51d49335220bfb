import { compareRanks } from '@gateway-queue/identify-limiter';
import type { HeadView, LineView } from '@gateway-queue/identify-queue';
import type { Reported } from '../report/replica-report.ts';

/** A bucket's line over all replicas. Moments are in ms since the Unix epoch. */
export interface MergedLine {
  readonly waiting: number;
  readonly throttled: number;
  readonly head: (HeadView & { readonly since: number }) | null;
  readonly oldestWaitSince: number;
  /** Why the head has no permit yet, as its own replica says. */
  readonly reason: LineView['reason'];
}

/** All lines of a bot in which somebody waits, by bucket. */
export function mergeLines(
  bot: string,
  reports: readonly Reported[],
  wallNow: number,
): Map<number, MergedLine> {
  const merged = new Map<number, MergedLine>();
  for (const { ageMs, report } of reports) {
    const reportedAt = wallNow - ageMs;
    for (const line of report.lines.find((lines) => lines.bot === bot)?.lines ?? []) {
      const others = merged.get(line.bucket);
      const one = atMoment(line, reportedAt);
      merged.set(line.bucket, others === undefined ? one : together(others, one));
    }
  }
  return merged;
}

function atMoment(
  { throttled, head, oldestWaitMs, reason, waiting }: LineView,
  reportedAt: number,
): MergedLine {
  return {
    waiting,
    throttled,
    head: head && { ...head, since: reportedAt - head.waitedMs },
    oldestWaitSince: reportedAt - oldestWaitMs,
    reason,
  };
}

function together(a: MergedLine, b: MergedLine): MergedLine {
  const first = goesFirst(b, a) ? b : a;
  return {
    waiting: a.waiting + b.waiting,
    throttled: a.throttled + b.throttled,
    head: first.head,
    oldestWaitSince: Math.min(a.oldestWaitSince, b.oldestWaitSince),
    reason: first.reason,
  };
}

function goesFirst(a: MergedLine, b: MergedLine): boolean {
  if (a.head === null || b.head === null) return a.head !== null;
  return compareRanks(a.head.rank, b.head.rank) < 0;
}
