import { MARGIN_BACK_MS, MARGIN_STEP_MS, MAX_MARGIN_MS } from './constants.ts';

/** A margin above the setting: IDENTIFYs were seen refused, so they take longer to reach Discord than it covers. */
export interface GrownMargin {
  /** What it was at `at`, in ms. */
  readonly ms: number;
  /** When a refusal was last seen. The margin comes back from then on. */
  readonly at: number;
}

/**
 * The margin in ms for a permit whose time ended at `from`. One that has grown since holds in full. One that grew before
 * has come back by {@link MARGIN_STEP_MS} for each whole {@link MARGIN_BACK_MS} without a refusal.
 *
 * @param setMs what is set: the margin is never less
 */
export function marginFor(from: number, grown: GrownMargin | undefined, setMs: number): number {
  if (grown === undefined) return setMs;
  const steps = Math.max(Math.floor((from - grown.at) / MARGIN_BACK_MS), 0);
  return Math.max(setMs, grown.ms - steps * MARGIN_STEP_MS);
}

/** When the margin is back at what is set, if no refusal is seen until then. */
export function backAt({ at, ms }: GrownMargin, setMs: number): number {
  return at + Math.ceil((ms - setMs) / MARGIN_STEP_MS) * MARGIN_BACK_MS;
}

/**
 * The margin after a refusal that is seen now. A lone one only keeps a grown margin from coming back. A margin that is set
 * to 0 is turned off, and does not grow.
 *
 * @param isAlone whether no other was seen lately
 * @returns undefined when the margin is what is set
 */
export function afterRefusal(
  grown: GrownMargin | undefined,
  isAlone: boolean,
  setMs: number,
  now: number,
): GrownMargin | undefined {
  if (setMs === 0) return undefined;
  const before = marginFor(now, grown, setMs);
  const ms = isAlone ? before : Math.max(before, Math.min(before + MARGIN_STEP_MS, MAX_MARGIN_MS));
  return ms > setMs ? { ms, at: now } : undefined;
}
