import type { ReplicaBody } from '../bodies/replica.body.ts';
import type { Reported } from '../report/replica-report.ts';
import { steady } from './steady.ts';

/** What each replica says of itself, by its name. */
export function makeReplicas(
  reports: readonly Reported[],
  wallNow: number,
  before: Readonly<Record<string, ReplicaBody>>,
): Record<string, ReplicaBody> {
  return Object.fromEntries(
    reports.map(({ ageMs, replica, report }) => [
      replica,
      makeReplica(report, steady(wallNow - ageMs, before[replica]?.reportedAt)),
    ]),
  );
}

function makeReplica(report: Reported['report'], reportedAt: number): ReplicaBody {
  const { draining, eventLoopDelayMs, heldRequests, limiterError, limiterLatencyMs } = report;
  return {
    version: report.version,
    startedAt: report.startedAt,
    heldRequests,
    eventLoopDelayMs,
    ...(limiterLatencyMs !== null && { limiterLatencyMs }),
    ...(limiterError !== null && { limiterError }),
    draining,
    reportedAt,
  };
}
