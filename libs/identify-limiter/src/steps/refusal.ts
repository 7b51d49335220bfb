import { opensAt } from '../closing.ts';
import { MAX_MARGIN_MS, REFUSED_WITHIN_MS } from '../constants.ts';
import type { Entry } from '../limiter.ts';
import { afterRefusal, type GrownMargin } from '../margin.ts';
import type { StepContext } from './context.ts';
import { usedBy } from './permit.ts';
import type { HeldRank, PermitState, Place } from './state.ts';
import type { Write } from './write.ts';

/** What {@link refusalSeen} needs to know. */
export interface RefusalSlice {
  /** The last two permits of the entry's shard, latest first, without those released; empty unless {@link asksAnew}. */
  readonly shardPermits: readonly PermitState[];
  /** Whether any refusal was seen in the last `REFUSALS_WITHIN_MS`; as good as false while there are no permits. */
  readonly sawRefusal: boolean;
  /** The bot's. */
  readonly grownMargin: GrownMargin | undefined;
}

/** Whether the request is not known from before: its shard neither waits with it nor has kept a place. */
export function asksAnew(
  { rank, shard }: Entry,
  held: HeldRank | undefined,
  place: Place | undefined,
): boolean {
  return shard !== null && held === undefined && rank === undefined && place === undefined;
}

/**
 * A shard that asks anew within `REFUSED_WITHIN_MS` of its permit was probably refused by Discord, because the IDENTIFY
 * before took longer on its way than the margin covers. With the second such refusal in a while the bot's margin grows.
 *
 * Each permit counts once, and only one that a larger margin could have helped:
 *
 * - It need not be confirmed and was not. One that is confirmed was not refused, so its shard was restarted.
 * - It was not released.
 * - The permit before it in its bucket was not confirmed either, and this one came within `MAX_MARGIN_MS` of the bucket's
 *   opening. A permit that came later was not refused for want of a margin.
 * - The permit before it was another shard's. A shard that starts again and again by itself is a crash loop.
 */
export function refusalSeen(
  bot: string,
  { grownMargin, sawRefusal, shardPermits }: RefusalSlice,
  { now, rules }: StepContext,
): Write[] {
  const [permit, ownBefore] = shardPermits;
  if (permit === undefined || permit.askedAgainAt !== null || permit.confirmedAt !== null)
    return [];
  if (permit.confirmBy !== null || now - permit.grantedAt > REFUSED_WITHIN_MS) return [];
  const before = permit.closingBefore;
  if (before?.kind !== 'unconfirmed') return [];
  if (ownBefore !== undefined && usedBy(ownBefore) === before.from) return [];
  if (permit.grantedAt - opensAt(before, rules, grownMargin) > MAX_MARGIN_MS) return [];

  const grown = afterRefusal(grownMargin, !sawRefusal, rules.marginMs, now);
  const isUnchanged = grown === undefined && grownMargin === undefined;
  return [
    { kind: 'see-refusal', permit, at: now },
    ...(isUnchanged ? [] : [{ kind: 'save-margin', bot, margin: grown } as const]),
  ];
}
