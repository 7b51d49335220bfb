import type { Entry, Leaver } from '../limiter.ts';
import type { StepContext } from './context.ts';
import { addPlace, placeLeft, type PlacesSlice, surplusDropped } from './places.ts';
import type { HeldRank } from './state.ts';
import { answerOnly, type Outcome } from './write.ts';

/** What {@link leave} needs to know. */
export interface LeaveSlice {
  /** What the entry holds. */
  readonly held: HeldRank | undefined;
  /** For the shard of `held`, else of the leaver. */
  readonly places: PlacesSlice;
  /** What is known of the rank that the leaver says it had; needed only when `saysItLostRank` is true. */
  readonly lost:
    | {
        /** Whether an entry holds that rank, or it is kept as a place. */
        readonly isOnRecord: boolean;
        /** Whether a permit was granted by it and not released. */
        readonly isUsed: boolean;
        /** Since when nothing can be missing in the store. */
        readonly knownSince: number;
      }
    | undefined;
}

/** Keeps a waiter's rank as its shard's place: `IdentifyLimiter.leave`, for one of the entries given. */
export function leave(
  { bot, rank, shard }: Leaver,
  { held, lost, places }: LeaveSlice,
  { now, rules }: StepContext,
): Outcome<void> {
  if (held !== undefined) {
    return {
      answer: undefined,
      writes: [
        { kind: 'leave-place', held, leftAt: now },
        ...surplusDropped(bot, places.count + 1, rules),
      ],
      changes: placeLeft(held, places.shardWaits),
    };
  }
  if (rank === undefined || lost === undefined) return answerOnly(undefined);
  const mayBeLost = rank.joinedAt < lost.knownSince && !lost.isOnRecord && !lost.isUsed;
  if (!mayBeLost) return answerOnly(undefined);
  return { answer: undefined, ...addPlace({ bot, shard, rank, leftAt: now }, places, rules) };
}

/** Drops an entry and keeps no place of it: `IdentifyLimiter.forget`, for one of the entries given. */
export function forget({ bot, id }: Pick<Entry, 'id' | 'bot'>): Outcome<void> {
  return {
    answer: undefined,
    writes: [{ kind: 'drop-rank', bot, entry: id }],
    changes: [],
  };
}
