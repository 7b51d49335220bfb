import type { Bot, Bucket, Permit, WaitReason } from '../api/schemas.ts';
import { WHOLE_BOT } from '../api/scope.ts';
import { isBlocked } from './is-blocked.ts';
import { isUsed } from './is-used.ts';

/** How far shards have come that wait since the same time: those of a bot that starts, most likely. */
export interface BotProgress {
  readonly waiting: number;
  /** Permits since it began. */
  readonly done: number;
  /**
   * When the lines that move are at their end at this pace, in ms since the Unix epoch; undefined when none of those in
   * which somebody waits does.
   */
  readonly endsAt: number | undefined;
  /** How many lines something holds, and what. */
  readonly heldLines: number;
  readonly heldBy: readonly WaitReason[];
}

/** A pace that is taken where there were no two permits of a bucket yet: the default interval and margin, in ms. */
const DEFAULT_PACE_MS = 5250;

/** Permits that are further apart, in ms, are not of the same boot. */
const MAX_BETWEEN_MS = 15_000;

/** Of so many permits the pace is taken. */
const MAX_LOOKED_AT = 400;

/** @param permits newest first; @param now by the service's clock */
export function progressOf(
  bot: Bot,
  permits: readonly Permit[],
  now: number,
): BotProgress | undefined {
  const { oldestWaitSince, waiting } = bot;
  if (waiting === 0 || oldestWaitSince === undefined) return undefined;
  const beganAt = beginOf(permits, oldestWaitSince);
  const used = permits.filter((permit) => permit.at >= beganAt && isUsed(permit));
  const { held, moving } = linesOf(bot);
  return {
    waiting,
    done: used.length,
    endsAt: moving.length === 0 ? undefined : endOf(moving, paceOf(used), now),
    heldLines: held.length,
    heldBy: reasonsOf(bot, held),
  };
}

/** The lines in which somebody waits. */
function linesOf({ buckets, pauses }: Bot): { held: Bucket[]; moving: Bucket[] } {
  const held: Bucket[] = [];
  const moving: Bucket[] = [];
  for (const line of Object.values(buckets)) {
    if (line.waiting === 0) continue;
    if (WHOLE_BOT in pauses || isBlocked(line)) held.push(line);
    else moving.push(line);
  }
  return { held, moving };
}

/** What holds them, each reason once. */
function reasonsOf({ pauses }: Bot, held: readonly Bucket[]): WaitReason[] {
  if (held.length === 0) return [];
  if (WHOLE_BOT in pauses) return ['paused'];
  return [...new Set(held.flatMap(({ reason }) => reason ?? []))];
}

/**
 * When the run of permits began that still goes on: those who were first have gone before anybody came of those who wait
 * now.
 *
 * @param permits newest first
 */
function beginOf(permits: readonly Permit[], oldestWaitSince: number): number {
  let beganAt = oldestWaitSince;
  for (const { at } of permits) {
    if (at < beganAt - MAX_BETWEEN_MS) break;
    beganAt = Math.min(beganAt, at);
  }
  return beganAt;
}

/** When the longest line is at its end. */
function endOf(lines: readonly Bucket[], paceMs: number, now: number): number {
  const ends = lines.map(
    ({ opensAt = now, waiting }) => Math.max(now, opensAt) + (waiting - 1) * paceMs,
  );
  return Math.max(now, ...ends);
}

/**
 * The time between two permits of a bucket, in ms: what it was for half of them. Where a bucket had nobody for a while, as
 * between two boots, that is no pace.
 *
 * @param permits that were used, newest first
 */
export function paceOf(permits: readonly Permit[]): number {
  const gaps: number[] = [];
  const next = new Map<number, number>();
  for (const { at, bucket } of permits.slice(0, MAX_LOOKED_AT)) {
    const gap = (next.get(bucket) ?? Infinity) - at;
    if (gap <= MAX_BETWEEN_MS) gaps.push(gap);
    next.set(bucket, at);
  }
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? DEFAULT_PACE_MS;
}
