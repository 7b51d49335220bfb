import { isUsed } from './is-used.ts';
import type { PermitLog } from './permit-log.ts';

const MINUTE_MS = 60_000;

/** The number of minutes on the chart. */
export const SHOWN_MINUTES = 30;

/** The permits of one minute. */
export interface Throughput {
  /** When the minute began, in ms since the Unix epoch. */
  readonly at: number;
  /** The number of permits, without released ones. */
  readonly permits: number;
  /** Whether the minute is still going on. */
  readonly isCurrent: boolean;
}

/** Permits per minute, oldest first. A minute that began before the log is complete is left out. */
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

/** When the minute began that a moment is in; both in ms since the Unix epoch. */
export function minuteOf(moment: number): number {
  return Math.floor(moment / MINUTE_MS) * MINUTE_MS;
}
