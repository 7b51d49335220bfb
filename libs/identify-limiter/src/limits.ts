import { dividesDiscords, divisorsOf } from './max-concurrency.ts';

/** Where limits come from: Discord's answer, the operator's override, or the defaults of a bot without a token. */
export const LIMITS_SOURCES = ['discord', 'override', 'default'] as const;

export type LimitsSource = (typeof LIMITS_SOURCES)[number];

/** What may be started, as the limiter holds it. */
export interface KnownLimits {
  /** Changes whenever `maxConcurrency` does, and so whenever shards move to other buckets. Never 0. */
  readonly version: number;
  /** Number of buckets; a shard's bucket is `shard % maxConcurrency`. At least 1. */
  readonly maxConcurrency: number;
  /** Discord's own max_concurrency, which `maxConcurrency` divides; null while Discord has not said it. */
  readonly discordMaxConcurrency: number | null;
  /** Session starts in a whole window. */
  readonly total: number;
  /** Session starts left in this window. */
  readonly remaining: number;
  readonly source: LimitsSource;
  /** Whether Discord's count stands behind `remaining`; otherwise the limiter has only counted itself. */
  readonly countedByDiscord: boolean;
}

/** The limits as of now, for those that set timers by them. */
export interface Limits extends KnownLimits {
  /** Ms until `remaining` is `total` again; null while the window has not begun. */
  readonly resetInMs: number | null;
}

/** Limits as a replica learned them, to be handed to the limiter. */
export interface LimitsReport {
  readonly maxConcurrency: number;
  /** Discord's own max_concurrency, which `maxConcurrency` has to divide. Left out while it is not known. */
  readonly discordMaxConcurrency?: number;
  readonly total: number;
  readonly source: LimitsSource;
  /**
   * How many session starts are left and when they reset, as Discord counts. Without it the limiter goes on with its own
   * count, which begins at `total` and resets 24 h after the use of the first permit.
   */
  readonly budget?: {
    readonly remaining: number;
    readonly resetInMs: number;
    /** Ms since the question was sent to Discord: it cannot have counted any permit given after that. */
    readonly askedMsAgo: number;
  };
}

/**
 * @throws RangeError that names the first member with an impossible value. A report is all or nothing: with one bad
 * member none of it is used.
 */
export function assertUsableReport(report: LimitsReport): void {
  assertCount('maxConcurrency', report.maxConcurrency, 1);
  assertDivides(report);
  assertCount('total', report.total, 0);
  if (report.budget === undefined) return;
  assertCount('budget.remaining', report.budget.remaining, 0);
  assertDuration('budget.resetInMs', report.budget.resetInMs);
  assertDuration('budget.askedMsAgo', report.budget.askedMsAgo);
}

/** The bucket of a shard; a request that names no shard goes to bucket 0. */
export function bucketOf(shard: number | null, maxConcurrency: number): number {
  return (shard ?? 0) % maxConcurrency;
}

function assertDivides({ discordMaxConcurrency, maxConcurrency }: LimitsReport): void {
  if (discordMaxConcurrency === undefined) return;
  assertCount('discordMaxConcurrency', discordMaxConcurrency, 1);
  if (dividesDiscords(maxConcurrency, discordMaxConcurrency)) return;
  const divisors = divisorsOf(discordMaxConcurrency).join(', ');
  throw new RangeError(`maxConcurrency must be one of ${divisors}; got ${maxConcurrency}`);
}

function assertCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number, at least ${least}; got ${String(value)}`);
  }
}

function assertDuration(name: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(
      `${name} must be a number of milliseconds, at least 0; got ${String(value)}`,
    );
  }
}
