import type { Permit } from '../attempt.ts';
import { PERMIT_KEEP_MS } from '../constants.ts';
import type { LimiterRules } from '../rules.ts';
import type { PermitStatus } from '../view.ts';
import type { PermitState } from './state.ts';

/** The end of the time in which the permit may be used. */
export function usedBy({ confirmBy, confirmedAt, grantedAt }: PermitState): number {
  return confirmedAt ?? confirmBy ?? grantedAt;
}

/** The permit as its caller gets it. */
export function toPermit({ bot, bucket, confirmBy, id, shard }: PermitState, now: number): Permit {
  const confirmWithinMs = confirmBy === null ? null : Math.max(confirmBy - now, 0);
  return { granted: true, id, bot, shard, bucket, confirmWithinMs };
}

/** Whether the permit is the bot's and can still be confirmed or released. */
export function canBeSettled(
  permit: PermitState | undefined,
  bot: string,
  now: number,
): permit is PermitState {
  return permit?.bot === bot && usedBy(permit) >= now - PERMIT_KEEP_MS;
}

/** Permits whose `usedBy` is before this moment are needed for nothing any more. */
export function neededSince(now: number, { crashLoop }: LimiterRules): number {
  return now - Math.max(PERMIT_KEEP_MS, crashLoop.windowMs);
}

/** What became of the permit. */
export function statusOf(permit: PermitState, now: number): PermitStatus {
  if (permit.released) return 'released';
  if (permit.confirmedAt !== null) return 'confirmed';
  if (permit.confirmBy === null) return 'granted';
  return permit.confirmBy > now ? 'pending' : 'expired';
}
