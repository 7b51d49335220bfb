import type { Bot, Bucket, Permit, WaitReason } from '../api/schemas.ts';
import { WHOLE_BOT } from '../api/scope.ts';
import { isBlocked } from './is-blocked.ts';
import { isUsed } from './is-used.ts';

/** How many of a bot's shards have their permit and how many still wait, since the present run of permits began. */
export interface BotProgress {
  readonly waiting: number;
  /** The permits since the run began, without released ones. */
  readonly granted: number;
  /**
   * When the last waiter of the moving lines gets its permit at the present pace, in ms since the Unix epoch; undefined when
   * no line moves.
   */
  readonly endsAt: number | undefined;
  /** The number of buckets with waiters whose line stands still, and the reasons for that. */
  readonly blockedBuckets: number;
  readonly blockedBy: readonly WaitReason[];
}

/** The pace while no bucket has had two permits: the default interval and margin, in ms. */
const DEFAULT_PACE_MS = 5750;

/** Two permits that are further apart, in ms, belong to different runs. */
const MAX_GAP_MS = 15_000;

/** The pace is taken from the newest permits, at most this many. */
const MAX_PACE_PERMITS = 400;

/**
 * @param permits newest first
 * @param now by the service's clock, in ms since the Unix epoch
 * @returns undefined while no request waits
 */
export function progressOf(
  bot: Bot,
  permits: readonly Permit[],
  now: number,
): BotProgress | undefined {
  const { oldestWaitSince, waiting } = bot;
  if (waiting === 0 || oldestWaitSince === undefined) return undefined;
  const beganAt = beginOf(permits, oldestWaitSince);
  const used = permits.filter((permit) => permit.at >= beganAt && isUsed(permit));
  const { blocked, moving } = linesOf(bot);
  return {
    waiting,
    granted: used.length,
    endsAt: moving.length === 0 ? undefined : endOf(moving, paceOf(used), now),
    blockedBuckets: blocked.length,
    blockedBy: reasonsOf(bot, blocked),
  };
}

/** The buckets that have waiters. */
function linesOf({ buckets, pauses }: Bot): { blocked: Bucket[]; moving: Bucket[] } {
  const blocked: Bucket[] = [];
  const moving: Bucket[] = [];
  for (const bucket of Object.values(buckets)) {
    if (bucket.waiting === 0) continue;
    if (WHOLE_BOT in pauses || isBlocked(bucket)) blocked.push(bucket);
    else moving.push(bucket);
  }
  return { blocked, moving };
}

/** Why these buckets are blocked, each reason once. */
function reasonsOf({ pauses }: Bot, blocked: readonly Bucket[]): WaitReason[] {
  if (blocked.length === 0) return [];
  if (WHOLE_BOT in pauses) return ['paused'];
  return [...new Set(blocked.flatMap(({ reason }) => reason ?? []))];
}

/**
 * When the present run of permits began. That may be before the oldest waiter joined, because the first shards of the run have
 * their permit already.
 *
 * @param permits newest first
 */
function beginOf(permits: readonly Permit[], oldestWaitSince: number): number {
  let beganAt = oldestWaitSince;
  for (const { at } of permits) {
    if (at < beganAt - MAX_GAP_MS) break;
    beganAt = Math.min(beganAt, at);
  }
  return beganAt;
}

/** When the last waiter of these buckets gets its permit. */
function endOf(buckets: readonly Bucket[], paceMs: number, now: number): number {
  const ends = buckets.map(
    ({ opensAt = now, waiting }) => Math.max(now, opensAt) + (waiting - 1) * paceMs,
  );
  return Math.max(now, ...ends);
}

/**
 * The median time between two permits of a bucket, in ms. Gaps of more than MAX_GAP_MS do not count: the bucket had no waiter
 * in between.
 *
 * @param permits without released ones, newest first
 */
export function paceOf(permits: readonly Permit[]): number {
  const gaps: number[] = [];
  const next = new Map<number, number>();
  for (const { at, bucket } of permits.slice(0, MAX_PACE_PERMITS)) {
    const gap = (next.get(bucket) ?? Infinity) - at;
    if (gap <= MAX_GAP_MS) gaps.push(gap);
    next.set(bucket, at);
  }
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? DEFAULT_PACE_MS;
}
