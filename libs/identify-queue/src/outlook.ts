import type { DenialReason } from '@gateway-queue/identify-limiter';

/** Why a request still waits. `limiter-unavailable`: the limiter's store fails, so nobody is granted anything. */
export type WaitReason =
  | Extract<DenialReason, 'limits-unknown' | 'paused' | 'budget' | 'storm' | 'interval' | 'line'>
  | 'limiter-unavailable';

/** How things stand for a request that waits. */
export interface Outlook {
  readonly reason: WaitReason;
  /** Where it stands in its line; 1 is next. */
  readonly position: number;
  /** Ms until its permit if all goes on as it does now; null when that cannot be said. */
  readonly estimatedWaitMs: number | null;
}

/** A request waited for as long as it wanted to. Its place is kept. */
export class WaitOverError extends Error {
  override readonly name = 'WaitOverError';

  constructor(readonly outlook: Outlook) {
    super(`No permit in the time given: ${outlook.reason}`);
  }
}
