import type { ReplicaBody } from '../bodies/replica.body.ts';
import type { Reported } from '../report/replica-report.ts';

/** The replicas' reports of themselves, by their names. */
export function makeReplicas(reports: readonly Reported[]): Record<string, ReplicaBody> {
  return Object.fromEntries(reports.map((reported) => [reported.replica, makeReplica(reported)]));
}

function makeReplica({ report, reportedAt }: Reported): ReplicaBody {
  const { limiterError, limiterLatencyMs } = report;
  return {
    version: report.version,
    startedAt: report.startedAt,
    heldRequests: report.heldRequests,
    eventLoopDelayMs: report.eventLoopDelayMs,
    ...(limiterLatencyMs !== null && { limiterLatencyMs }),
    ...(limiterError !== null && { limiterError }),
    draining: report.draining,
    reportedAt: Math.round(reportedAt),
  };
}
