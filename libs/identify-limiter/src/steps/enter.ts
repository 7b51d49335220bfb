import type { Entry } from '../limiter.ts';
import { compareRanks, type Rank } from '../rank.ts';
import type { StepContext } from './context.ts';
import { refusalSeen, type RefusalSlice } from './refusal.ts';
import type { HeldRank, Place } from './state.ts';
import { answerOnly, type Outcome, type Write } from './write.ts';

/** What {@link enter} needs to know. */
export interface EnterSlice extends RefusalSlice {
  /** What the entry holds already. */
  readonly held: HeldRank | undefined;
  /** The place of the entry's shard; of several the one that joined first, whatever their priorities. */
  readonly place: Place | undefined;
  /**
   * Whether a permit was granted by the rank that the entry says it had, and was not released. False will do when
   * {@link saysItLostRank} is false.
   */
  readonly isUsed: boolean;
  /** The last ticket that was handed out. */
  readonly lastTicket: number;
}

/** Whether the caller names a rank that is not on record as its entry's. */
export function saysItLostRank(
  { rank }: { readonly rank?: Rank },
  held: HeldRank | undefined,
): boolean {
  return held === undefined && rank !== undefined;
}

/** Gives an entry its rank: `IdentifyLimiter.enter`, for one entry of those given. */
export function enter(entry: Entry, slice: EnterSlice, context: StepContext): Outcome<Rank> {
  const { held, isUsed, lastTicket, place } = slice;
  const { now, replica } = context;
  const { bot, id, priority, shard } = entry;
  // A lost rank by which the shard was served counts no more.
  const lost = held === undefined && !isUsed ? entry.rank : undefined;
  // As old as the lost rank, but another one: another entry of the shard may hold that one by now.
  const rank = { priority, joinedAt: lost?.joinedAt ?? now, ticket: nextTicket(lastTicket, now) };
  // A place is compared with what the entry holds otherwise. Compared with the lost rank, it could be left now and taken
  // when the entry enters again because the reply was lost.
  const own = held?.rank ?? (lost && rank);
  if (place !== undefined) {
    const placeRank = { ...place.rank, priority };
    if (own === undefined || compareRanks(placeRank, own) <= 0) {
      const dropped: Write[] = held === undefined ? [] : [{ kind: 'drop-rank', bot, entry: id }];
      const taken: Write = {
        kind: 'take-place',
        held: { entry: id, bot, shard, replica, rank: placeRank },
      };
      return { answer: placeRank, writes: [...dropped, taken], changes: [] };
    }
  }
  if (held !== undefined) return answerOnly(held.rank);
  return {
    answer: rank,
    writes: [
      { kind: 'hold-rank', held: { entry: id, bot, shard, replica, rank } },
      ...refusalSeen(bot, slice, context),
    ],
    changes: [],
  };
}

/** Tickets go on from the time in microseconds, so that none is handed out twice even after the last one was lost. */
function nextTicket(last: number, now: number): number {
  return Math.max(last + 1, Math.floor(now * 1000));
}
