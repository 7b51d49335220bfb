import type { Pause } from '@gateway-queue/identify-limiter';
import type { PauseBody } from '../bodies/pause.body.ts';
import { momentMember } from './moment-member.ts';

/** The pauses by their scope: `all` for the whole bot, or the bucket. @param maxConcurrency undefined while it is unknown */
export function makePauses(
  pauses: readonly Pause[],
  maxConcurrency: number | undefined,
): Record<string, PauseBody> {
  return Object.fromEntries(
    pauses.map((pause) => [pause.bucket ?? 'all', makePause(pause, maxConcurrency)]),
  );
}

/** @param maxConcurrency undefined while it is unknown */
export function makePause(
  { bucket, by, reason, since, until }: Pause,
  maxConcurrency: number | undefined,
): PauseBody {
  return {
    reason,
    by,
    since: Math.round(since),
    ...momentMember('until', until),
    dormant: bucket !== null && maxConcurrency !== undefined && bucket >= maxConcurrency,
  };
}
