import type { LimiterRules, StoreRules } from '@gateway-queue/identify-limiter';
import { toMicroseconds } from '../scripts/microseconds.ts';

/** What the limiter goes by beside the {@link LimiterRules}. */
export type PlaceRules = Pick<StoreRules, 'placeTtlMs' | 'maxPlaces'>;

/** `rules` as the scripts get them (`lua/library/input.lua`): JSON, times in microseconds. */
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
  });
}
