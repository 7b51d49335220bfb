/** When a shard that starts again and again is throttled. */
export interface CrashLoopRule {
  /** This many permits within the window are a crash loop. */
  readonly burst: number;
  readonly windowMs: number;
  /** Shards are throttled once no more than this share of the session starts is left: from 0 to 1. */
  readonly below: number;
}

/** The rules of a limiter. The same for all replicas that share its store. */
export interface LimiterRules {
  /** Least time in ms between two IDENTIFYs of a bucket. */
  readonly intervalMs: number;
  /** What is added to the interval at least, in ms, while it is not known when the IDENTIFY was sent. */
  readonly marginMs: number;
  /** A permit that is to be confirmed has to be within this many ms of its grant. Applies to permits granted from now on. */
  readonly confirmTimeoutMs: number;
  /** Session starts that are never handed out, by bot. */
  readonly reserveOf: (bot: string) => number;
  readonly crashLoop: CrashLoopRule;
}

/** Whether so few session starts are left that a shard can be throttled. */
export function mayThrottle(
  rule: CrashLoopRule,
  budget: { readonly remaining: number; readonly total: number },
): boolean {
  return budget.remaining <= rule.below * budget.total;
}

/**
 * When a throttled shard may go: once the oldest of its last `burst` permits is out of the window.
 *
 * @param grantedAt when the shard was granted its last permits, latest first; at least `burst` of them, if there are as
 *   many, unless {@link mayThrottle} is false
 * @returns undefined when the shard is not throttled
 */
export function throttledUntil(
  rule: CrashLoopRule,
  budget: { readonly remaining: number; readonly total: number },
  grantedAt: readonly number[],
  now: number,
): number | undefined {
  if (!mayThrottle(rule, budget)) return undefined;
  const oldestOfBurst = grantedAt[rule.burst - 1];
  if (oldestOfBurst === undefined) return undefined;
  const until = oldestOfBurst + rule.windowMs;
  return until > now ? until : undefined;
}
