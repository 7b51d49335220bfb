import type { IndexedHistory } from '../history/indexed-history.ts';
import { placesOnPermit } from './places-on-permit.ts';
import { confirmedSpacing } from './confirmed-spacing.ts';
import { permitAge } from './permit-age.ts';
import { headsOfDeadReplicas, ghostPermits } from './ghosts.ts';
import type { Invariant, Violation } from './invariant.ts';
import { ranksOnReenter } from './ranks-on-reenter.ts';
import { liveness } from './liveness.ts';
import { once } from './once.ts';
import { order } from './order.ts';
import { pauses } from './pauses.ts';
import { placesOnEnter } from './places-on-enter.ts';
import { leftovers } from './leftovers.ts';
import { reserve } from './reserve.ts';
import { spacing } from './spacing.ts';
import { workConserving } from './work-conserving.ts';

/** One or more for each promise that a history can break. */
const INVARIANTS: readonly Invariant[] = [
  spacing,
  confirmedSpacing,
  permitAge,
  reserve,
  order,
  ranksOnReenter,
  ghostPermits,
  headsOfDeadReplicas,
  leftovers,
  placesOnEnter,
  placesOnPermit,
  pauses,
  once,
  workConserving,
  liveness,
];

/** All violations in a history, in the order of their moments. */
export function violationsOf(history: IndexedHistory): Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(history)).toSorted((a, b) => a.at - b.at);
}
