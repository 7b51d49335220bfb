import type { EventOf } from '../history/event.ts';
import type { PermitHistory, IndexedHistory } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/**
 * How late after the reset the store refills its budget at most: one second, and as long as the report of the reset was under
 * way. Until then the store counts permits in the old window that Discord counts in the new one.
 */
const MAX_REFILL_DELAY_MS = 8_000;

/**
 * P3, under all faults, by Discord's own count: no IDENTIFY leaves fewer session starts than the reserve.
 *
 * Not counted are starts that were spent elsewhere after the last report that the store had when it granted the permit, starts
 * by permits that the store has lost, and starts by permits of the previous window.
 */
export function reserve(history: IndexedHistory): Violation[] {
  const excusedIn = new Map<string, number>();
  return history.events.flatMap((event) => {
    if (event.kind !== 'identify counted') return [];
    const { at, bot, remaining, windowSince } = event;
    const permit = history.permit(event.permit);
    const window = `${bot} ${windowSince}`;
    if (permit === undefined || isExcused(permit, windowSince)) {
      excusedIn.set(window, (excusedIn.get(window) ?? 0) + 1);
    }
    const unreported = permit === undefined ? 0 : spentSinceReport(history, permit);
    const excused = unreported + (excusedIn.get(window) ?? 0);
    if (remaining + excused >= RULES.reserveOf(bot)) return [];
    const text = `${event.permit} leaves ${remaining} starts of ${bot}, ${excused} excused`;
    return [{ promise: 'P3', at, text }];
  });
}

function isExcused({ at, lostAt }: PermitHistory, windowSince: number): boolean {
  return lostAt !== undefined || at < windowSince + MAX_REFILL_DELAY_MS;
}

/** How many starts were spent elsewhere since Discord was asked for the last report that the store had when it granted the permit. */
function spentSinceReport({ events }: IndexedHistory, { at, bot }: PermitHistory): number {
  const report = events.findLast(
    (event): event is EventOf<'reported'> =>
      event.kind === 'reported' && event.bot === bot && event.at <= at,
  );
  const askedAt = report === undefined ? 0 : report.at - (report.report.budget?.askedMsAgo ?? 0);
  return events.reduce((sum, event) => {
    const isUnreported =
      event.kind === 'starts spent elsewhere' && event.bot === bot && event.at > askedAt;
    return isUnreported ? sum + event.count : sum;
  }, 0);
}
