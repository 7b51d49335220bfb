import type { LimiterRules } from './rules.ts';

/**
 * What is known of the IDENTIFY for which a bucket was closed:
 *
 * - `unconfirmed`: that it was made, if at all, by the end of its permit's time
 * - `confirmed`: that Discord has accepted it
 */
export type ClosingKind = 'unconfirmed' | 'confirmed';

/** What keeps a bucket closed. */
export interface Closing {
  /**
   * The end of the time in which the permit may be used, on the limiter's clock: the permit itself when nobody confirms
   * it, the deadline while its confirm is awaited (so this may lie in the future), and the confirm once that came.
   */
  readonly from: number;
  readonly kind: ClosingKind;
}

/** When a bucket opens that was closed like this. */
export function opensAt({ from, kind }: Closing, rules: LimiterRules): number {
  const confirmed = from + rules.intervalMs;
  return kind === 'confirmed' ? confirmed : confirmed + rules.marginMs;
}

/** The one that keeps closed for longest; undefined of none. */
export function longest(closings: readonly Closing[], rules: LimiterRules): Closing | undefined {
  return closings.toSorted((a, b) => opensAt(b, rules) - opensAt(a, rules))[0];
}
