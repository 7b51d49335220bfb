import type { GatewayInfoBody } from '../bodies/gateway-info.body.ts';
import type { Reported } from '../report/replica-report.ts';
import { steadyMember } from './steady.ts';

/** How the replica fares that asks Discord for the bot's limits; undefined while none has said anything. */
export function makeGatewayInfo(
  bot: string,
  reports: readonly Reported[],
  wallNow: number,
  before: GatewayInfoBody | undefined,
): GatewayInfoBody | undefined {
  const said = reports.flatMap(({ ageMs, replica, report }) =>
    report.gatewayInfo
      .filter((status) => status.bot === bot)
      .map((status) => ({ replica, status, reportAgeMs: ageMs })),
  );
  // When one has just taken over from another, both may say that they ask.
  const leaders = said.filter(({ status }) => status.leads);
  const leader = leaders.toSorted((a, b) => a.reportAgeMs - b.reportAgeMs)[0] ?? said[0];
  if (leader === undefined) return undefined;
  const { ageMs, lastError, leads, nextTryInMs, stale } = leader.status;
  const reportedAt = wallNow - leader.reportAgeMs;
  return {
    ...(leads && { replica: leader.replica }),
    stale,
    ...steadyMember('learnedAt', ageMs === null ? null : reportedAt - ageMs, before),
    ...(lastError !== null && { lastError }),
    ...steadyMember('nextTryAt', nextTryInMs === null ? null : reportedAt + nextTryInMs, before),
  };
}
