import { type Finding, findAway, findHolds } from './find-holds.ts';
import { type Hold, nameOf } from './hold.ts';
import type { HoldRules, Observation, OpenHold } from './observation.ts';

/** How far a moment may move before it counts as another one, in ms: it is worked out anew from durations. */
const STEADY_MS = 1000;

/**
 * The holds of one bot. A hold begins when it holds back a request of this replica. It lasts, also while no request
 * waits, until it is known to be over: clients that hang up and ask again do not make another hold of it.
 */
export class BotHolds {
  #open: readonly OpenHold[] = [];

  constructor(private readonly rules: HoldRules) {}

  /** Whether something held at the last observation. */
  get isHeld(): boolean {
    return this.#open.length > 0;
  }

  /** What holds now. To be called again and again. */
  observe(observation: Observation): readonly Hold[] {
    const { view } = observation;
    const known = { ...observation, open: this.#open, rules: this.rules };
    const findings = view === undefined ? findAway(known) : findHolds({ ...known, view });
    this.#open = findings.flatMap((finding) => this.#holdOf(finding, observation.wallNow));
    return this.#open;
  }

  #holdOf({ lasts, since, ...finding }: Finding, wallNow: number): OpenHold[] {
    const { until, waiting } = finding;
    const before = this.#open.find((hold) => nameOf(hold) === nameOf(finding));
    if (waiting === 0 && (before === undefined || !lasts)) return [];
    return [
      {
        ...finding,
        since: since ?? before?.since ?? wallNow,
        until: steady(until, before?.until),
        seenAt: waiting > 0 ? wallNow : (before?.seenAt ?? wallNow),
      },
    ];
  }
}

function steady(until: number | null, before: number | null | undefined): number | null {
  if (until === null || before === null || before === undefined) return until;
  return Math.abs(until - before) < STEADY_MS ? before : until;
}
