import type { LimiterView } from '@gateway-queue/identify-limiter';
import type { BotLineView, HeadView, LineView, OldestView } from '@gateway-queue/identify-queue';
import type { BotLines, Line, RankedHead } from '../line.ts';

/** Makes moments of ranks. */
type Moments = Pick<LimiterView, 'momentOf'>;

/** This replica's lines as they are reported: with moments, and without what does not apply. */
export function makeLines(bots: readonly BotLineView[], moments: Moments): BotLines[] {
  return bots.map(({ bot, lines }) => ({ bot, lines: lines.map((line) => toLine(line, moments)) }));
}

function toLine({ head, oldest, reason, ...counts }: LineView, moments: Moments): Line {
  return {
    ...counts,
    oldestWaitSince: oldestSince(oldest, moments),
    ...(head && { head: toHead(head, moments) }),
    ...(reason && { reason }),
  };
}

function toHead({ rank, shard }: HeadView, moments: Moments): RankedHead {
  return {
    ...(shard !== null && { shard }),
    priority: rank.priority,
    since: Math.round(moments.momentOf(rank.joinedAt)),
    rank,
  };
}

function oldestSince({ joinedAt, notEnrolledSince }: OldestView, moments: Moments): number {
  const enrolledSince = joinedAt === null ? Infinity : moments.momentOf(joinedAt);
  return Math.round(Math.min(enrolledSince, notEnrolledSince ?? Infinity));
}
