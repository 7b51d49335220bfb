import type { Pause } from '@gateway-queue/identify-limiter';
import type { BotData } from './data.ts';

/** The pauses that hold now, the whole bot's first, then by bucket. */
export function pausesAt(bot: BotData, now: number): Pause[] {
  return Array.from(bot.pauses.values())
    .filter(({ until }) => until === null || until > now)
    .map(({ order, since, until }) => ({
      bot: order.bot,
      bucket: order.bucket,
      reason: order.reason,
      by: order.by,
      since,
      until,
    }))
    .toSorted((a, b) => (a.bucket ?? -1) - (b.bucket ?? -1));
}

/** When the last pause that covers the bucket ends: null for not by itself, undefined when none does. */
export function pausedUntil(bot: BotData, bucket: number, now: number): number | null | undefined {
  const ends = pausesAt(bot, now)
    .filter((pause) => pause.bucket === null || pause.bucket === bucket)
    .map(({ until }) => until);
  if (ends.length === 0) return undefined;
  return ends.includes(null) ? null : Math.max(...ends.map(Number));
}
