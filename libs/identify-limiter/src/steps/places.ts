import type { Change } from '../limiter.ts';
import type { StepContext, StoreRules } from './context.ts';
import type { Place } from './state.ts';
import type { Outcome, Write } from './write.ts';

/** What a step that makes a place of a rank needs to know of the others. */
export interface PlacesSlice {
  /** How many places of the bot are kept. */
  readonly count: number;
  /** Whether another entry of the shard waits. False will do when the shard is null: see {@link placeLeft}. */
  readonly shardWaits: boolean;
}

/** Keeps a rank that is not on record as its shard's place. */
export function addPlace(
  place: Place,
  places: PlacesSlice,
  rules: StoreRules,
): { writes: Write[]; changes: Change[] } {
  return {
    writes: [{ kind: 'add-place', place }, ...surplusDropped(place.bot, places.count + 1, rules)],
    changes: placeLeft(place, places.shardWaits),
  };
}

/** Drops as many places as are too many of this number. */
export function surplusDropped(bot: string, count: number, { maxPlaces }: StoreRules): Write[] {
  return count > maxPlaces ? [{ kind: 'drop-places', bot, count: count - maxPlaces }] : [];
}

/** Announces the place to an entry of the shard that waits. */
export function placeLeft(
  { bot, shard }: Pick<Place, 'bot' | 'shard'>,
  shardWaits: boolean,
): Change[] {
  // An entry that names no shard takes such a place whenever it enters, so none has to be told.
  return shard !== null && shardWaits ? [{ bot, placeOf: shard }] : [];
}

/** Drops the bot's places whose time is over. A store runs this before it enters entries of the bot. */
export function expirePlaces(bot: string, { now, rules }: StepContext): Outcome<void> {
  return {
    answer: undefined,
    writes: [{ kind: 'expire-places', bot, leftBy: now - rules.placeTtlMs }],
    changes: [],
  };
}
