import type { LimitsSource } from '@gateway-queue/identify-limiter';

/** How up to date the limits of a bot are, as this process sees it. */
export interface BotStatus {
  readonly bot: string;
  /** Whether this process is the one that asks Discord; of the replicas that share a limiter one does. */
  readonly leads: boolean;
  /** Null while no limits are known. */
  readonly source: LimitsSource | null;
  /** Null while no limits are known. */
  readonly maxConcurrency: number | null;
  /** Whether the last try failed, or there was none yet; where another replica asks, whether nothing is known. */
  readonly stale: boolean;
  /** A sentence without any token; null after a try that went well, and where another replica asks. */
  readonly lastError: string | null;
  /** When the next try comes after one that failed, in ms since the Unix epoch; null while no try is due. */
  readonly nextTryAt: number | null;
}
