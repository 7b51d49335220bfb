import type { Breakage } from './breakage.ts';
import type { Event, FaultKind } from './history/event.ts';
import { IndexedHistory } from './history/indexed-history.ts';
import { minGapMs } from './invariants/confirmed-spacing.ts';
import { violationsOf } from './invariants/index.ts';
import type { Violation } from './invariants/invariant.ts';
import { minSpareMs } from './invariants/spacing.ts';
import { maxLatenessMs } from './invariants/work-conserving.ts';
import { simulate } from './simulate.ts';

/** What the history of one seed shows. */
export interface Outcome {
  readonly seed: number;
  readonly events: readonly Event[];
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly violations: readonly Violation[];
  readonly permits: number;
  /** P1: the least time by which two permits were further apart than they had to be; Infinity for fewer than two permits. */
  readonly minSpareMs: number;
  /** P2: the least time between two IDENTIFYs of which the first was confirmed in time. */
  readonly minGapMs: number;
  /** P9: the lateness of the latest permit that was given without faults; -Infinity when there was none. */
  readonly maxLatenessMs: number;
}

/** Plays a seed and checks its history against all invariants. */
export async function playSeed(seed: number, breakage?: Breakage): Promise<Outcome> {
  const { events, faults } = await simulate(seed, breakage);
  const history = new IndexedHistory(events);
  return {
    seed,
    events,
    faults,
    violations: violationsOf(history),
    permits: history.permits.length,
    minSpareMs: minSpareMs(history),
    minGapMs: minGapMs(history),
    maxLatenessMs: maxLatenessMs(history),
  };
}

/** A line for each violation, after the command that replays the seed. */
export function describeViolations({
  seed,
  violations,
}: Pick<Outcome, 'seed' | 'violations'>): string {
  const lines = violations.map(
    ({ at, promise, text }) => `  ${promise} at ${(at / 1000).toFixed(4)} s: ${text}`,
  );
  return [`seed ${seed} (npm run simulate -- --seed ${seed} --trace)`, ...lines].join('\n');
}
