import type { HoldReason } from '@gateway-queue/identify-limiter';
import type { HoldBody } from '../bodies/hold.body.ts';
import type { Reported, ReportedHold } from '../report/replica-report.ts';
import { momentMember } from './moment-member.ts';

/** What holds the bot's requests back, by reason, over all replicas and pauses. */
export function makeHolds(bot: string, reports: readonly Reported[]): Record<string, HoldBody> {
  const holds = reports.flatMap(({ report }) => report.holds).filter((hold) => hold.bot === bot);
  const byReason = Map.groupBy(holds, ({ reason }) => reason);
  return Object.fromEntries(Array.from(byReason, ([reason, all]) => [reason, merge(reason, all)]));
}

function merge(reason: HoldReason, holds: readonly ReportedHold[]): HoldBody {
  const ends = holds.map(({ until }) => until);
  return {
    reason,
    waiting: holds.reduce((sum, { waiting }) => sum + waiting, 0),
    since: Math.min(...holds.map(({ since }) => since)),
    ...momentMember('until', ends.includes(null) ? null : Math.max(...ends.map(Number))),
  };
}
