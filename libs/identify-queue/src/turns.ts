import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import type { SessionStarts } from './known-starts.ts';

/**
 * A turn is looked for through so many windows of session starts. With few starts in a window and thousands in
 * line, a search through all windows would block the process, for the sake of a turn that is months away.
 */
const MAX_WINDOWS = 64;

/** A line that moves: one turn, and then one every interval until the line is empty. */
export interface MovingLine {
  /** When the next turn comes, on the queue's clock. */
  readonly nextTurnAt: number;
  /** How many turns there are to come. */
  readonly waiting: number;
}

/** All that the turns of one line depend on. */
export interface TurnBasis {
  /** The line in question. */
  readonly own: MovingLine;
  /** The bot's other lines that are not empty: they spend from the same session starts. */
  readonly others: readonly MovingLine[];
  /** Undefined while the limiter has not told of them. */
  readonly starts: SessionStarts | undefined;
  /** Ms between two turns of a line. */
  readonly intervalMs: number;
}

/**
 * The moment, on the queue's clock, of the turn that has `ahead` turns before it in its line. Null when the session
 * starts run out before that turn and no reset is known, and when the turn comes after more than {@link
 * MAX_WINDOWS} resets.
 *
 * The result assumes that every line drains as it stands: no shard joins, leaves or is throttled, no line of
 * another replica has waiters, no permit is released, and each permit takes one interval. Then it is exact for a
 * bot with one line. For several lines it is exact up to the end of the window that follows the first reset. After
 * that all lines go in step, and the result takes them to keep the order that they had.
 */
export function turnAt(basis: TurnBasis, ahead: number): number | null {
  const { own, starts, intervalMs } = basis;
  const undelayed = (turn: number): number => own.nextTurnAt + turn * intervalMs;
  if (starts === undefined) return undelayed(ahead);
  let { left } = starts;
  if (startsBefore(basis, ahead) < left) return undelayed(ahead);
  // A permit begins a window, and there is none to give.
  if (starts.perWindow < 1 || (left < 1 && starts.resetAt === null)) return null;

  let resetAt = starts.resetAt ?? firstTurnAt(basis) + SESSION_WINDOW_MS;
  /** By how much the ends of the starts have delayed the line so far. */
  let delayMs = 0;
  for (let windows = 0; startsBefore(basis, ahead) >= left; windows += 1) {
    if (windows === MAX_WINDOWS) return null;
    // The line stops at the turn for which no start is left, unless the reset comes before that turn.
    const untilReset = turnsBefore(own, resetAt - delayMs, intervalMs);
    const untilEnd = firstTurn(ahead, (turn) => startsBefore(basis, turn) >= left);
    const turn = Math.min(untilEnd, untilReset);
    delayMs = Math.max(delayMs, resetAt - undelayed(turn));
    left = Math.min(left, startsBefore(basis, turn)) + starts.perWindow;
    resetAt = undelayed(turn) + delayMs + SESSION_WINDOW_MS;
  }
  return undelayed(ahead) + delayMs;
}

/** The turn, on the queue's clock, of a waiter that is first in line from this moment on; null as {@link turnAt}. */
export function turnFrom(basis: TurnBasis, moment: number): number | null {
  const { waiting } = basis.own;
  const ahead = firstTurn(waiting, (turn) => (turnAt(basis, turn) ?? Infinity) >= moment);
  const turn = turnAt(basis, ahead);
  return turn === null ? null : Math.max(turn, moment);
}

/** How many turns a line has before this moment, if it goes on until it is empty. */
function turnsBefore(
  { nextTurnAt, waiting }: MovingLine,
  moment: number,
  intervalMs: number,
): number {
  const turns = Math.ceil((moment - nextTurnAt) / intervalMs);
  return Math.min(Math.max(turns, 0), waiting);
}

/** How many starts all lines have spent when the line in question comes to its turn of this number, from 0. */
function startsBefore({ own, others, intervalMs }: TurnBasis, turn: number): number {
  const moment = own.nextTurnAt + turn * intervalMs;
  return others.reduce((sum, other) => sum + turnsBefore(other, moment, intervalMs), turn);
}

/**
 * The first turn before `last` for which this holds, as it does for all turns after it; `last` when it holds for
 * none.
 */
function firstTurn(last: number, holds: (turn: number) => boolean): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstTurnAt({ own, others }: TurnBasis): number {
  return Math.min(own.nextTurnAt, ...others.map((other) => other.nextTurnAt));
}
