import type { Pause } from '@gateway-queue/identify-limiter';
import type { PauseBody } from '../bodies/pause.body.ts';
import { steady, steadyMember } from './steady.ts';

/** What a pause is kept under: its bucket, or `all`. */
export function scopeKey(bucket: number | null): string {
  return bucket === null ? 'all' : String(bucket);
}

/** @param maxConcurrency undefined while nobody knows it */
export function makePauses(
  pauses: readonly Pause[],
  maxConcurrency: number | undefined,
  wallNow: number,
  before: Readonly<Record<string, PauseBody>>,
): Record<string, PauseBody> {
  return Object.fromEntries(
    pauses.map(({ ageMs, bucket, by, endsInMs, reason }) => {
      const scope = scopeKey(bucket);
      const body: PauseBody = {
        reason,
        by,
        since: steady(wallNow - ageMs, before[scope]?.since),
        ...steadyMember('until', endsInMs === null ? null : wallNow + endsInMs, before[scope]),
        dormant: bucket !== null && maxConcurrency !== undefined && bucket >= maxConcurrency,
      };
      return [scope, body];
    }),
  );
}
