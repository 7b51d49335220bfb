import type { LimitsSource } from '@gateway-queue/identify-limiter';

/** Which limits of a bot this replica knows, and how up to date they are. */
export interface BotStatus {
  readonly bot: string;
  /** Whether this replica asks Discord. Of the replicas that share a limiter one does. */
  readonly leads: boolean;
  /** Null while no limits are known. */
  readonly source: LimitsSource | null;
  /** Null while no limits are known. */
  readonly maxConcurrency: number | null;
  /** Whether the last refresh failed or there was none yet; of a follower, whether the limiter knows no limits. */
  readonly stale: boolean;
  /** Why the last refresh failed, in a sentence without any token; null after a success, and of a follower. */
  readonly lastError: string | null;
  /** When the next try is due after a failure, in ms since the Unix epoch on this replica's wall clock; null when none is due. */
  readonly nextTryAt: number | null;
}
