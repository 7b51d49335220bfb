import { type GrownMargin, marginFor } from './margin.ts';
import type { LimiterRules } from './rules.ts';

/**
 * What is known of the IDENTIFY for which a bucket was closed:
 *
 * - `unconfirmed`: if it was made at all, it was made by the end of its permit's time
 * - `confirmed`: Discord has accepted it
 */
export type ClosingKind = 'unconfirmed' | 'confirmed';

/** What keeps a bucket closed. */
export interface Closing {
  /**
   * The end of the time in which the permit may be used, on the limiter's clock: the grant when the
   * permit need not be confirmed, the deadline while it is pending (so this may lie in the future), and the confirm once
   * that came.
   */
  readonly from: number;
  readonly kind: ClosingKind;
}

/** When a bucket opens that was closed like this. @param grown the bot's margin, if it has grown */
export function opensAt(
  { from, kind }: Closing,
  rules: LimiterRules,
  grown: GrownMargin | undefined,
): number {
  const confirmed = from + rules.intervalMs;
  return kind === 'confirmed' ? confirmed : confirmed + marginFor(from, grown, rules.marginMs);
}

/** The closing that keeps a bucket closed for longest; undefined when there is none. */
export function longest(
  closings: readonly Closing[],
  rules: LimiterRules,
  grown: GrownMargin | undefined,
): Closing | undefined {
  return closings.toSorted((a, b) => opensAt(b, rules, grown) - opensAt(a, rules, grown))[0];
}
