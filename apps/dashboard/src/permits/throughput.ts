import { isUsed } from './is-used.ts';
import type { PermitLog } from './permit-log.ts';

const MINUTE_MS = 60_000;

/** How far back the chart goes. */
export const SHOWN_MINUTES = 30;

/** How many permits there were in one minute, those apart that were released. */
export interface Throughput {
  /** When the minute began, in ms since the Unix epoch. */
  readonly at: number;
  readonly permits: number;
  /** Whether the minute is not over. */
  readonly isCurrent: boolean;
}

/** Permits by the minute, oldest first; minutes of which not everything is known are left out. */
export function throughputOf({ completeSince, permits }: PermitLog, now: number): Throughput[] {
  const counts = new Map<number, number>();
  for (const { at } of permits.filter(isUsed)) {
    const minute = minuteOf(at);
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  const current = minuteOf(now);
  return Array.from({ length: SHOWN_MINUTES }, (_, index) => {
    const at = current - (SHOWN_MINUTES - 1 - index) * MINUTE_MS;
    return { at, permits: counts.get(at) ?? 0, isCurrent: at === current };
  }).filter(({ at }) => at >= completeSince);
}

/** When the minute of a moment began. */
export function minuteOf(moment: number): number {
  return Math.floor(moment / MINUTE_MS) * MINUTE_MS;
}
