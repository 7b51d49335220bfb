import type { PauseOrder, PauseScope } from '../pause.ts';
import type { StepContext } from './context.ts';
import type { PauseState } from './state.ts';
import { answerOnly, type Outcome } from './write.ts';

/** From now on no permit is given in the order's scope: `LimiterControl.pause`. */
export function pause(order: PauseOrder, { now }: StepContext): Outcome<PauseState> {
  const { bot, bucket, by, durationMs, reason } = order;
  const until = durationMs === null ? null : now + durationMs;
  const paused: PauseState = { bot, bucket, reason, by, since: now, until };
  return {
    answer: paused,
    writes: [{ kind: 'put-pause', pause: paused }],
    changes: [{ bot, bucket }],
  };
}

/**
 * Lifts the pause of exactly this scope: `LimiterControl.resume`.
 *
 * @param found the pause of that scope that is on record
 */
export function resume(
  { bot, bucket }: PauseScope,
  found: PauseState | undefined,
  { now }: StepContext,
): Outcome<boolean> {
  if (found === undefined) return answerOnly(false);
  const held = pauseHolds(found.until, now);
  return {
    answer: held,
    writes: [{ kind: 'lift-pause', bot, bucket }],
    changes: held ? [{ bot, bucket }] : [],
  };
}

/** Whether a pause that ends then still holds now. */
export function pauseHolds(until: number | null, now: number): boolean {
  return until === null || until > now;
}

/** When the last of these pauses ends: null for not by itself, undefined when none of them holds. */
export function pausedUntil(
  ends: readonly (number | null)[],
  now: number,
): number | null | undefined {
  let last: number | undefined;
  for (const until of ends) {
    if (until === null) return null;
    if (until > now) last = Math.max(until, last ?? until);
  }
  return last;
}
