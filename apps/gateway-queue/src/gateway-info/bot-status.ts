import type { LimitsSource } from '@gateway-queue/identify-limiter';
import type { WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/** Which limits of a bot this replica knows, and how up to date they are. */
export interface BotStatus {
  readonly bot: string;
  /** Whether this replica asks Discord. Of the replicas that share a limiter one does. */
  readonly leads: boolean;
  /** Null while no limits are known. */
  readonly source: LimitsSource | null;
  /** Null while no limits are known. */
  readonly maxConcurrency: number | null;
  /** Discord's own; null while it is not known. */
  readonly discordMaxConcurrency: number | null;
  /** What is wanted in place of Discord's but does not divide it, so that Discord's holds; null otherwise, and of a follower. */
  readonly ignored: WantedMaxConcurrency | null;
  /** Whether the last refresh failed or there was none yet; of a follower, whether the limiter knows no limits. */
  readonly stale: boolean;
  /** Why the last refresh failed, in a sentence without any token; null after a success, and of a follower. */
  readonly lastError: string | null;
  /** When the next try is due after a failure, in ms since the Unix epoch on this replica's wall clock; null when none is due. */
  readonly nextTryAt: number | null;
}
