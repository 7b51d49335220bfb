import type { StoredReport } from '@gateway-queue/operator-records';
import type { BotStatus } from '../../gateway-info/bot-status.ts';
import type { Hold } from '../../holds/hold.ts';
import type { BotLines } from '../line.ts';

/** Raised by one whenever replicas of an older version would misread a report: they leave out what has another number. */
const FORMAT = 3;

/** What a replica reports of itself each second, for whichever replica is asked. Moments are ms since the Unix epoch. */
export interface ReplicaReport {
  readonly format: typeof FORMAT;
  /** Of the service. */
  readonly version: string;
  /** By the replica's own wall clock. */
  readonly startedAt: number;
  readonly heldRequests: number;
  /** How late the event loop was since the last report, in ms: the 99th percentile. */
  readonly eventLoopDelayMs: number;
  /** How long the limiter's store took to answer, in ms; null when it did not. */
  readonly limiterLatencyMs: number | null;
  /** Why the limiter's store did not answer; null when it did. */
  readonly limiterError: string | null;
  readonly draining: boolean;
  /** How up to date the limits of each bot are. */
  readonly gatewayInfo: readonly BotStatus[];
  readonly lines: readonly BotLines[];
  /** What holds requests back for longer than their lines do. */
  readonly holds: readonly ReportedHold[];
}

/** A hold without its words, which a replica's log has. */
export type ReportedHold = Omit<Hold, 'explanation'>;

/** A stored report that this version understands. */
export interface Reported extends StoredReport {
  readonly report: ReplicaReport;
}

export function newReport(content: Omit<ReplicaReport, 'format'>): ReplicaReport {
  return { format: FORMAT, ...content };
}

/**
 * Whether this came from {@link newReport} of a version with the same format. Only replicas write where reports are kept,
 * so the format's number is all that has to be checked.
 */
export function isReplicaReport(report: unknown): report is ReplicaReport {
  return (
    typeof report === 'object' && report !== null && 'format' in report && report.format === FORMAT
  );
}
