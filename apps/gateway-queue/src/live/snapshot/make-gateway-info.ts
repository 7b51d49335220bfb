import type { LimitsView } from '@gateway-queue/identify-limiter';
import type { GatewayInfoBody } from '../bodies/gateway-info.body.ts';
import type { Reported } from '../report/replica-report.ts';
import { momentMember } from './moment-member.ts';

/** What the replica reports that asks Discord for the bot's limits; undefined while no replica has reported anything. */
export function makeGatewayInfo(
  bot: string,
  reports: readonly Reported[],
  limits: LimitsView | undefined,
): GatewayInfoBody | undefined {
  const statuses = reports.flatMap(({ reportedAt, replica, report }) =>
    report.gatewayInfo
      .filter((status) => status.bot === bot)
      .map((status) => ({ reportedAt, replica, status })),
  );
  // When one replica has just taken over from another, both may report that they ask.
  const leaders = statuses.filter(({ status }) => status.leads);
  const leader = leaders.toSorted((a, b) => b.reportedAt - a.reportedAt)[0] ?? statuses[0];
  if (leader === undefined) return undefined;
  const { ignored, lastError, leads, nextTryAt, stale } = leader.status;
  return {
    ...(leads && { replica: leader.replica }),
    stale,
    ...momentMember('learnedAt', limits?.reportedAt),
    ...(lastError !== null && { lastError }),
    ...momentMember('nextTryAt', nextTryAt),
    ...(ignored !== null && { ignored }),
  };
}
