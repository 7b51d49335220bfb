import type { Story } from '../history/story.ts';
import { comingBack } from './coming-back.ts';
import { confirmedSpacing } from './confirmed-spacing.ts';
import { freshness } from './freshness.ts';
import { deadHeads, ghosts } from './ghosts.ts';
import type { Invariant, Violation } from './invariant.ts';
import { keptRanks } from './kept-ranks.ts';
import { liveness } from './liveness.ts';
import { once } from './once.ts';
import { order } from './order.ts';
import { pauses } from './pauses.ts';
import { places } from './places.ts';
import { remains } from './remains.ts';
import { reserve } from './reserve.ts';
import { spacing } from './spacing.ts';
import { workConserving } from './work.ts';

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
