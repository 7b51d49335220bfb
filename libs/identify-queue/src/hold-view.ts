import { type HoldReason, isHoldReason } from '@gateway-queue/identify-limiter';
import type { BucketLine } from './bucket-line.ts';
import type { RankedWaiter } from './waiter.ts';
import type { Waiters } from './waiters.ts';

/** What holds waiters of one bucket back for longer than their line does. */
export interface HoldView {
  /** Null when it holds back the whole bot, because the limiter's store fails. */
  readonly bucket: number | null;
  readonly reason: HoldReason;
  /** How many waiters it holds back; at least 1. */
  readonly waiting: number;
  /** Ms until it lets all of them go by itself, as far as is known; null when that is not known. */
  readonly endsInMs: number | null;
}

/** What holds back waiters of one bot. */
export interface BotHoldView {
  readonly bot: string;
  readonly holds: readonly HoldView[];
}

/**
 * What holds waiters back, by what the limiter last said. Takes time by the number of buckets.
 *
 * @param limiterFails whether the limiter's store is away, which then is what all wait for
 * @param now on the queue's clock
 */
export function viewHolds(waiters: Waiters, limiterFails: boolean, now: number): HoldView[] {
  const { lines, size } = waiters;
  if (!limiterFails) {
    return lines
      .flatMap((line) => [holdOfLine(line, now), holdOfThrottled(line, now)])
      .filter((hold) => hold !== undefined);
  }
  if (size === 0) return [];
  return [{ bucket: null, reason: 'limiter-unavailable', waiting: size, endsInMs: null }];
}

function holdOfLine({ bucket, line, opening }: BucketLine, now: number): HoldView | undefined {
  const { denial } = opening;
  if (denial === undefined || !isHoldReason(denial.reason) || line.size === 0) return undefined;
  const { reason, until } = denial;
  return { bucket, reason, waiting: line.size, endsInMs: until === null ? null : until - now };
}

function holdOfThrottled({ bucket, throttled }: BucketLine, now: number): HoldView | undefined {
  if (throttled.size === 0) return undefined;
  const ends = Array.from(throttled, throttledUntil);
  const endsInMs = ends.includes(null) ? null : Math.max(...ends.map(Number)) - now;
  return { bucket, reason: 'crash-loop', waiting: throttled.size, endsInMs };
}

function throttledUntil({ state }: RankedWaiter): number | null {
  return state.kind === 'throttled' ? state.denial.until : null;
}
