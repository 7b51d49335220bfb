import { type Closing, opensAt } from '../closing.ts';
import type { LimiterRules } from '../rules.ts';
import type { BotState } from './state.ts';

/** What keeps a bucket closed. */
export interface BucketSlice {
  readonly bot: BotState;
  /** Since when nothing can be missing in the store: permits of before may have been lost. */
  readonly knownSince: number;
  /** How the bucket was closed last since `maxConcurrency` changed; undefined when it was not. */
  readonly closing: Closing | undefined;
}

/** When the bucket may have its next permit. */
export function bucketOpensAt(
  { bot, closing, knownSince }: BucketSlice,
  rules: LimiterRules,
): number {
  return Math.max(
    opensAt({ from: knownSince, kind: 'unconfirmed' }, rules, bot.grownMargin),
    bot.settledAt ?? -Infinity,
    bot.formerClosing === undefined
      ? -Infinity
      : opensAt(bot.formerClosing, rules, bot.grownMargin),
    closing === undefined ? -Infinity : opensAt(closing, rules, bot.grownMargin),
  );
}
