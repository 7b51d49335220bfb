import type { Bot, Permit } from '../api/schemas.ts';

/** How far shards have come that wait since the same time: those of a bot that starts, most likely. */
export interface Boot {
  readonly waiting: number;
  /** Permits since it began. */
  readonly done: number;
  /** When the last of them has its permit at this pace, in ms since the Unix epoch; undefined while something holds them. */
  readonly endsAt: number | undefined;
}

/** A pace that is taken where there were no two permits of a bucket yet: the default interval and margin, in ms. */
const DEFAULT_PACE_MS = 5250;

/** Permits that are further apart, in ms, are not of the same boot. */
const MOST_BETWEEN_MS = 15_000;

/** Of so many permits the pace is taken. */
const MOST_LOOKED_AT = 400;

/** @param permits newest first; @param now by the service's clock */
export function bootOf(bot: Bot, permits: readonly Permit[], now: number): Boot | undefined {
  const { oldestWaitSince, waiting } = bot;
  if (waiting === 0 || oldestWaitSince === undefined) return undefined;
  const beganAt = beginOf(permits, oldestWaitSince);
  const done = permits.filter((permit) => permit.at >= beganAt && isUsed(permit)).length;
  return { waiting, done, endsAt: isHeld(bot) ? undefined : endOf(bot, paceOf(permits), now) };
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
    if (at < beganAt - MOST_BETWEEN_MS) break;
    beganAt = Math.min(beganAt, at);
  }
  return beganAt;
}

/** When the longest line is at its end. */
function endOf({ buckets }: Bot, paceMs: number, now: number): number {
  const ends = Object.values(buckets).map(({ opensAt = now, waiting }) =>
    waiting === 0 ? now : Math.max(now, opensAt) + (waiting - 1) * paceMs,
  );
  return Math.max(now, ...ends);
}

/** Whether something stands in the way that does not go by with the line. */
function isHeld({ buckets, pauses }: Bot): boolean {
  if ('all' in pauses) return true;
  return Object.values(buckets).some(
    ({ reason, waiting }) => waiting > 0 && reason !== undefined && !MOVING.has(reason),
  );
}

const MOVING: ReadonlySet<string> = new Set(['interval', 'line']);

/** The time between two permits of a bucket, in ms: what it was for half of them. */
export function paceOf(permits: readonly Permit[]): number {
  const gaps: number[] = [];
  const next = new Map<number, number>();
  for (const { at, bucket } of permits.slice(0, MOST_LOOKED_AT)) {
    const later = next.get(bucket);
    if (later !== undefined) gaps.push(later - at);
    next.set(bucket, at);
  }
  return gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? DEFAULT_PACE_MS;
}

function isUsed({ fate }: Permit): boolean {
  return fate !== 'given-back';
}
