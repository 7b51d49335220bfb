import type { LimiterRules } from './rules.ts';

/**
 * How a bucket came to be closed:
 *
 * - `unconfirmed`: by a permit of which nobody will say when it was used
 * - `awaited`: by a permit that is still to be confirmed
 * - `confirmed`: by an IDENTIFY that Discord has accepted
 */
export type ClosingKind = 'unconfirmed' | 'awaited' | 'confirmed';

/** What keeps a bucket closed. */
export interface Closing {
  /** When it began, on the limiter's clock: the permit, or its confirmation. */
  readonly from: number;
  readonly kind: ClosingKind;
}

/** When a bucket opens that was closed like this. */
export function opensAt({ from, kind }: Closing, rules: LimiterRules): number {
  const confirmed = from + rules.intervalMs;
  if (kind === 'confirmed') return confirmed;
  const unconfirmed = confirmed + rules.marginMs;
  return kind === 'awaited' ? unconfirmed + rules.confirmTimeoutMs : unconfirmed;
}

/** The one that keeps closed for longest; undefined of none. */
export function longest(closings: readonly Closing[], rules: LimiterRules): Closing | undefined {
  return closings.toSorted((a, b) => opensAt(b, rules) - opensAt(a, rules))[0];
}
