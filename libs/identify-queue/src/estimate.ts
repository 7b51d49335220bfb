import type { DenialReason } from '@gateway-queue/identify-limiter';
import { type TurnBasis, turnAt, turnFrom } from './turns.ts';
import type { LastDenial } from './waiter.ts';

/** Why a request still waits. `limiter-unavailable`: the limiter's store fails, so nobody is granted anything. */
export type WaitReason =
  | Extract<
      DenialReason,
      'limits-unknown' | 'paused' | 'budget' | 'crash-loop' | 'interval' | 'line'
    >
  | 'limiter-unavailable';

/** How things stand for a request that waits. */
export interface Estimate {
  readonly reason: WaitReason;
  /** Where it stands in its line at this replica; 1 is next. */
  readonly position: number;
  /**
   * Ms until its permit if all goes on as it does now; null when that cannot be said. Nobody knows when a permit will be
   * confirmed: while one is awaited, this reckons with the time for it being used up, which is the most that the next
   * in line has to wait, and with unconfirmed permits from then on.
   */
  readonly estimatedWaitMs: number | null;
  /** Whether it has a place in line, which it then keeps when it leaves. */
  readonly hasPlace: boolean;
}

/** Where a waiter stands among those of its bucket. */
export interface LinePosition {
  readonly position: number;
  /** Why it may not go, or the head of its line. */
  readonly denial: LastDenial | undefined;
  /** Until when others pass it, on the queue's clock; null when none do. */
  readonly throttledUntil: number | null;
}

/** A request waited for as long as it wanted to. Its place is kept, if it had one yet. */
export class WaitOverError extends Error {
  override readonly name = 'WaitOverError';

  constructor(readonly estimate: Estimate) {
    super(`No permit in the time given: ${estimate.reason}`);
  }
}

/**
 * The estimate of a waiter that stands in a line.
 *
 * @param basis null when nobody knows when its line goes on
 */
export function estimateAt(at: LinePosition, basis: TurnBasis | null, now: number): Estimate {
  const { position, denial, throttledUntil } = at;
  const turn =
    basis === null
      ? null
      : throttledUntil === null
        ? turnAt(basis, position - 1)
        : turnFrom(basis, throttledUntil);
  return {
    reason: reasonAt(position, denial?.reason),
    position,
    // Time goes on while this is worked out.
    estimatedWaitMs: turn === null ? null : Math.max(turn - now, 0),
    hasPlace: true,
  };
}

/** What a waiter is told at this position of a line whose head was denied for `reason`. */
function reasonAt(position: number, reason: DenialReason | undefined): WaitReason {
  const passing = position === 1 ? 'interval' : 'line';
  return reason === undefined || isPassing(reason) ? passing : reason;
}

/** Whether all that is to be done is to wait for one's turn. */
function isPassing(
  reason: DenialReason,
): reason is 'interval' | 'limits-changed' | 'rank-not-held' {
  return reason === 'interval' || reason === 'limits-changed' || reason === 'rank-not-held';
}
