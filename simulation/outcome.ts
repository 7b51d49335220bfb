import type { Breakage } from './breakage.ts';
import type { Event, TroubleKind } from './history/event.ts';
import { Story } from './history/indexed-history.ts';
import { leastGapMs } from './invariants/confirmed-spacing.ts';
import { violationsOf } from './invariants/index.ts';
import type { Violation } from './invariants/invariant.ts';
import { leastSpareMs } from './invariants/spacing.ts';
import { mostLateMs } from './invariants/work-conserving.ts';
import { simulate } from './simulate.ts';

/** What came of a seed. */
export interface Outcome {
  readonly seed: number;
  readonly events: readonly Event[];
  readonly troubles: ReadonlyMap<TroubleKind, number>;
  readonly violations: readonly Violation[];
  readonly permits: number;
  /** P1: how much more than they had to be two permits were apart; Infinity where there was one at most. */
  readonly leastSpareMs: number;
  /** P2: the least time between two IDENTIFYs of which the first was confirmed in time. */
  readonly leastGapMs: number;
  /** P9: how late the latest permit of quiet times was; -Infinity when there was none. */
  readonly mostLateMs: number;
}

export async function outcomeOf(seed: number, broken?: Breakage): Promise<Outcome> {
  const { events, troubles } = await simulate(seed, broken);
  const story = new Story(events);
  return {
    seed,
    events,
    troubles,
    violations: violationsOf(story),
    permits: story.permits.length,
    leastSpareMs: leastSpareMs(story),
    leastGapMs: leastGapMs(story),
    mostLateMs: mostLateMs(story),
  };
}

/** Each violation in a line, and how to see how it came about. */
export function complaint({ seed, violations }: Pick<Outcome, 'seed' | 'violations'>): string {
  const lines = violations.map(
    ({ at, promise, text }) => `  ${promise} at ${(at / 1000).toFixed(4)} s: ${text}`,
  );
  return [`seed ${seed} (npm run simulate -- --seed ${seed} --trace)`, ...lines].join('\n');
}
