import type { LimitsSource } from '@gateway-queue/identify-limiter';

/** How up to date the limits of a bot are, as this process sees it. */
export interface BotStatus {
  readonly bot: string;
  /** Null while no limits are known. */
  readonly source: LimitsSource | null;
  /** Null while no limits are known. */
  readonly maxConcurrency: number | null;
  /** Ms since the limits were learned; null while none are known. */
  readonly ageMs: number | null;
  /** Whether the last try failed, or there was none yet. */
  readonly stale: boolean;
  /** A sentence without any token; null after a try that went well. */
  readonly lastError: string | null;
  /** Ms until the next try after one that failed; null when there is nothing to make good. */
  readonly nextTryInMs: number | null;
}
