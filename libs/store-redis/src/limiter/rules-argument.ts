import type { LimiterRules, StoreRules } from '@gateway-queue/identify-limiter';
import { toMicroseconds } from '../scripts/microseconds.ts';

/** What the limiter goes by beside the {@link LimiterRules}. */
export type PlaceRules = Pick<StoreRules, 'placeTtlMs' | 'maxPlaces'>;

/** What a rule is called in the scripts: without its unit, and without `Of` where the argument is of one bot. */
type ScriptName<Name> = Name extends `${infer Bare}Ms` | `${infer Bare}Of` ? Bare : Name;

/** Every rule, by its name in the scripts: a rule that is missing here does not compile. */
type ScriptRules = Readonly<Record<ScriptName<keyof (LimiterRules & PlaceRules)>, unknown>>;

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
  } satisfies ScriptRules);
}
