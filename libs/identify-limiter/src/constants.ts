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

/**
 * A shard that asks again within this time of its permit was probably refused: after an Invalid Session a client waits 1 to
 * 5 s (Discord docs, Gateway, Resuming) before it connects again and asks.
 */
export const REFUSED_WITHIN_MS = 15_000;

/** The margin grows when a second refusal is seen within this time: one alone may be a shard that was restarted. */
export const REFUSALS_WITHIN_MS = 60_000;

/** The margin grows, and comes back, by so much at a time. */
export const MARGIN_STEP_MS = 250;

/** The margin does not grow beyond this. */
export const MAX_MARGIN_MS = 2000;

/** A grown margin comes back by a step for each such time without a refusal. */
export const MARGIN_BACK_MS = 10 * 60 * 1000;

/** Refusals are counted for operators over this time. No longer than {@link PERMIT_KEEP_MS}: they are kept with their permits. */
export const REFUSALS_SHOWN_MS = 60 * 60 * 1000;
