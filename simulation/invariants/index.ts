import type { Story } from '../history/indexed-history.ts';
import { comingBack } from './places-on-permit.ts';
import { confirmedSpacing } from './confirmed-spacing.ts';
import { freshness } from './permit-age.ts';
import { deadHeads, ghosts } from './ghosts.ts';
import type { Invariant, Violation } from './invariant.ts';
import { keptRanks } from './ranks-on-reenter.ts';
import { liveness } from './liveness.ts';
import { once } from './once.ts';
import { order } from './order.ts';
import { pauses } from './pauses.ts';
import { places } from './places-on-enter.ts';
import { remains } from './leftovers.ts';
import { reserve } from './reserve.ts';
import { spacing } from './spacing.ts';
import { workConserving } from './work-conserving.ts';

/** One or more for each promise that a history can break. */
const INVARIANTS: readonly Invariant[] = [
  spacing,
  confirmedSpacing,
  freshness,
  reserve,
  order,
  keptRanks,
  ghosts,
  deadHeads,
  remains,
  places,
  comingBack,
  pauses,
  once,
  workConserving,
  liveness,
];

/** Every broken promise of a history, the first one first. */
export function violationsOf(story: Story): Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(story)).toSorted((a, b) => a.at - b.at);
}
