import type { EventOf } from '../history/event.ts';
import type { PermitStory, Story } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/**
 * The store refills a second late, and later still by as much as the report was under way that told it of the reset: till
 * then it counts against the old window what Discord counts against the new one.
 */
const LATEST_REFILL_MS = 8_000;

/**
 * P3, by Discord's own count: no IDENTIFY leaves fewer session starts than the reserve, but for those spent elsewhere of which
 * no report had told when its permit was given, those whose permits the store has lost, and those whose permits belong to
 * the window before.
 */
export function reserve(story: Story): Violation[] {
  const excusedIn = new Map<string, number>();
  return story.events.flatMap((event) => {
    if (event.kind !== 'counted') return [];
    const { at, bot, remaining, windowSince } = event;
    const permit = story.permit(event.permit);
    const window = `${bot} ${windowSince}`;
    if (permit === undefined || isExcused(permit, windowSince)) {
      excusedIn.set(window, (excusedIn.get(window) ?? 0) + 1);
    }
    const unknown = permit === undefined ? 0 : spentUnknown(story, permit);
    const excused = unknown + (excusedIn.get(window) ?? 0);
    if (remaining + excused >= RULES.reserveOf(bot)) return [];
    const text = `${event.permit} leaves ${remaining} starts of ${bot}, ${excused} excused`;
    return [{ promise: 'P3', at, text }];
  });
}

function isExcused({ at, lostAt }: PermitStory, windowSince: number): boolean {
  return lostAt !== undefined || at < windowSince + LATEST_REFILL_MS;
}

/** How many were spent elsewhere since the last report was asked for that the store had when it gave the permit. */
function spentUnknown({ events }: Story, { at, bot }: PermitStory): number {
  const report = events.findLast(
    (event): event is EventOf<'reported'> =>
      event.kind === 'reported' && event.bot === bot && event.at <= at,
  );
  const askedAt = report === undefined ? 0 : report.at - (report.report.budget?.askedMsAgo ?? 0);
  return events.reduce((sum, event) => {
    const isUnknown = event.kind === 'spent elsewhere' && event.bot === bot && event.at > askedAt;
    return isUnknown ? sum + event.count : sum;
  }, 0);
}
