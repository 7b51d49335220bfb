import type { BotLineView } from '@gateway-queue/identify-queue';
import type { BotStatus } from '../../gateway-info/bot-status.ts';

/** What replicas of another version do not understand has another number. */
const FORMAT = 1;

/** What a replica says of itself, each second, to whichever replica is asked. */
export interface ReplicaReport {
  readonly format: typeof FORMAT;
  /** Of the service. */
  readonly version: string;
  /** In ms since the Unix epoch. */
  readonly startedAt: number;
  readonly heldRequests: number;
  /** How late the event loop was since the last report, in ms: the 99th percentile. */
  readonly eventLoopDelayMs: number;
  /** How long the limiter's store took to answer, in ms; null when it did not. */
  readonly limiterLatencyMs: number | null;
  /** Why it did not. */
  readonly limiterError: string | null;
  readonly draining: boolean;
  /** How up to date the limits of each bot are. */
  readonly gatewayInfo: readonly BotStatus[];
  readonly lines: readonly BotLineView[];
}

/** A report, the name of who made it, and its age. */
export interface Reported {
  readonly replica: string;
  readonly report: ReplicaReport;
  readonly ageMs: number;
}

export function newReport(content: Omit<ReplicaReport, 'format'>): ReplicaReport {
  return { format: FORMAT, ...content };
}

/**
 * Whether this came from {@link newReport}, of this version or of one that says the same. Nobody but replicas writes
 * where reports are kept, so that the format's number says it all.
 */
export function isReplicaReport(report: unknown): report is ReplicaReport {
  return (
    typeof report === 'object' && report !== null && 'format' in report && report.format === FORMAT
  );
}
