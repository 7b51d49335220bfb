import type { DenialReason, WaitReason } from '@gateway-queue/identify-limiter';
import type { BucketLine } from './bucket-line.ts';
import type { SessionStarts } from './known-starts.ts';
import { type MovingLine, turnAt, type TurnBasis, turnFrom } from './turns.ts';
import { isRanked, type LastDenial, type RankedWaiter, type Waiter } from './waiter.ts';
import type { Waiters } from './waiters.ts';

/** What a waiter can expect. */
export interface Estimate {
  readonly reason: WaitReason;
  /** Its position in its line at this replica; 1 is next. */
  readonly position: number;
  /**
   * Ms until its permit if all goes on as it does now; null when that is not known. While the bucket's last permit
   * is pending, the moment of its confirmation is not known. Then the estimate assumes that the permit expires, which
   * is the most that the next in line has to wait, and that the permits after it are not to be confirmed.
   */
  readonly estimatedWaitMs: number | null;
  /** Whether the waiter has a place in line, which is kept when it leaves. */
  readonly hasPlace: boolean;
}

/** A request waited for as long as it wanted to. Its place is kept, if it had one yet. */
export class WaitOverError extends Error {
  override readonly name = 'WaitOverError';

  constructor(readonly estimate: Estimate) {
    super(`No permit in the time given: ${estimate.reason}`);
  }
}

/** What is known of a bot, from which its waiters' estimates follow. */
export interface KnownOfBot {
  readonly waiters: Waiters;
  /** Undefined until the limiter has told of them. */
  readonly starts: SessionStarts | undefined;
  /** Ms between two permits of a bucket. */
  readonly intervalMs: number;
}

/** The position of a ranked waiter in its line. */
export interface LinePosition {
  readonly position: number;
  /** Why the waiter may not go, or the head of its line. */
  readonly denial: LastDenial | undefined;
  /** Until when others pass the waiter, on the queue's clock; null when they do not. */
  readonly throttledUntil: number | null;
}

/** @param now on the queue's clock */
export function estimateOf(waiter: Waiter, known: KnownOfBot, now: number): Estimate {
  if (!isRanked(waiter)) return estimateJoining(waiter, known.waiters);
  const line = known.waiters.lineOf(waiter);
  return estimateAt(positionOf(waiter, line), turnBasisOf(line, known, now), now);
}

/**
 * The estimate of a waiter that has a rank.
 *
 * @param basis null when it is not known when the line goes on
 */
export function estimateAt(at: LinePosition, basis: TurnBasis | null, now: number): Estimate {
  const { position, denial, throttledUntil } = at;
  const turn =
    basis &&
    (throttledUntil === null ? turnAt(basis, position - 1) : turnFrom(basis, throttledUntil));
  return {
    reason: reasonAt(position, denial?.reason),
    position,
    // Time goes on while the estimate is made, so the turn may be past.
    estimatedWaitMs: turn === null ? null : Math.max(turn - now, 0),
    hasPlace: true,
  };
}

function positionOf(waiter: RankedWaiter, { line, opening }: BucketLine): LinePosition {
  const { state } = waiter;
  if (state.kind === 'waiting') {
    const position = line.positionOf(waiter);
    return { position, denial: opening.denial, throttledUntil: null };
  }
  // Other shards pass it for as long as it is throttled. Then it is the first again.
  return { position: 1, denial: state.denial, throttledUntil: state.denial.until };
}

/**
 * A waiter is joining for long only while the limiter does not answer. It stands behind all others of its priority.
 */
function estimateJoining(waiter: Waiter, waiters: Waiters): Estimate {
  const bucket = waiters.bucketOf(waiter);
  const { priority } = waiter.entry;
  const last = { priority, joinedAt: Infinity, ticket: Infinity };
  let ahead = waiters.line(bucket)?.line.rankingBefore(last) ?? 0;
  for (const other of waiters.joining) {
    if (other === waiter) break;
    const goesBefore = other.entry.priority === 'high' || priority === 'normal';
    if (goesBefore && waiters.bucketOf(other) === bucket) ahead += 1;
  }
  return { reason: 'line', position: ahead + 1, estimatedWaitMs: null, hasPlace: false };
}

/** Null when it is not known when the line goes on. */
function turnBasisOf(line: BucketLine, known: KnownOfBot, now: number): TurnBasis | null {
  const own = movingLineOf(line, now);
  if (own === null) return null;
  const others = known.waiters.lines.flatMap((other) => {
    const moving = other === line ? null : movingLineOf(other, now);
    return moving === null || moving.waiting === 0 ? [] : [moving];
  });
  const { intervalMs, starts } = known;
  return { own, others, starts, intervalMs };
}

function movingLineOf({ line, opening }: BucketLine, now: number): MovingLine | null {
  const nextTurnAt = opening.nextTurnAt(line.size === 0, now);
  return nextTurnAt === null ? null : { nextTurnAt, waiting: line.size };
}

/** What a waiter is told at this position of a line that was denied for `reason`. */
function reasonAt(position: number, reason: DenialReason | undefined): WaitReason {
  const passing = position === 1 ? 'interval' : 'line';
  return reason === undefined || isPassing(reason) ? passing : reason;
}

/** Whether the waiters of a line that is denied for this reason have nothing but their turns to wait for. */
function isPassing(
  reason: DenialReason,
): reason is 'interval' | 'limits-changed' | 'rank-not-held' {
  return reason === 'interval' || reason === 'limits-changed' || reason === 'rank-not-held';
}
