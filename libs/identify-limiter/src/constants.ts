/**
 * The fixed times of every limiter, in ms. A store that has its own language, such as Lua on Redis, takes them from
 * here.
 */

/** Discord's session start limit resets once in this time (Discord docs, Gateway, Session Start Limit Object). */
export const SESSION_WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * Discord's count may still lack a permit that was used less than this ago, because its shard is still connecting. Such
 * a permit is taken off the count that Discord reports. At worst that withholds a few starts until the next report.
 */
export const UNCOUNTED_MS = 10_000;

/**
 * The budget refills this much later than Discord says. Discord's reset is known through a network and to the
 * millisecond at best, and the first start of the new window must not fall into the old one. A start that is made less
 * than this before the refill may belong to the new window already.
 */
export const RESET_SLACK_MS = 1000;

/**
 * A permit can be confirmed or released until this long after its use. That is longer than any answer can be late, and
 * than a release takes.
 */
export const PERMIT_KEEP_MS = 60 * 60 * 1000;

/**
 * After a change of `maxConcurrency` no bucket opens for this long, if several replicas have heads. In this time each
 * replica hears of the new buckets and reports its heads of them. Without it the first replica to ask would go first,
 * whatever the ranks.
 */
export const SETTLE_MS = 100;

/** A replica reports that it lives this often: three times before it would count as dead. */
export const HEARTBEAT_MS = 500;

/**
 * A replica that was silent for longer than this is dead. Together with the queue's recheck (1 s) its heads delay the
 * other replicas by 3 s at most.
 */
export const DEAD_AFTER_MS = 2000;
