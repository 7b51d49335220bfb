import type { LimiterRules } from '@gateway-queue/identify-limiter';
import { toMicroseconds } from './microseconds.ts';

/** What the limiter goes by beside the {@link LimiterRules}. Times in ms. */
export interface PlaceRules {
  /** How long a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
}

/** A replica that has not been heard of for so long is dead. With the queue's recheck it delays others by 3 s at most. */
export const DEAD_AFTER_MS = 2000;

/** `rules` as the scripts have them (`lua/library/input.lua`): JSON, times in microseconds. */
export function rulesArgument(rules: LimiterRules & PlaceRules, bot: string): string {
  return JSON.stringify({
    interval: toMicroseconds(rules.intervalMs),
    margin: toMicroseconds(rules.marginMs),
    confirmTimeout: toMicroseconds(rules.confirmTimeoutMs),
    reserve: rules.reserveOf(bot),
    crashLoop: {
      burst: rules.crashLoop.burst,
      window: toMicroseconds(rules.crashLoop.windowMs),
      below: rules.crashLoop.below,
    },
    placeTtl: toMicroseconds(rules.placeTtlMs),
    maxPlaces: rules.maxPlaces,
    deadAfter: toMicroseconds(DEAD_AFTER_MS),
  });
}
