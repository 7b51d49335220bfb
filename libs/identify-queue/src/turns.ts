import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import type { SessionStarts } from './known-starts.ts';

/**
 * Through so many windows of session starts a turn is looked for. Few starts in a window, and a line of thousands, would
 * hold up everybody for as long as all their windows take to walk through, to tell one of a turn in months.
 */
const MAX_WINDOWS = 64;

/** A line that moves: one turn, and then one every interval until nobody waits. */
export interface MovingLine {
  /** When the next turn comes, on the queue's clock. */
  readonly nextTurnAt: number;
  /** How many turns there are to come. */
  readonly waiting: number;
}

/** All that one bot's turns depend on. */
export interface TurnBasis {
  /** The line in question. */
  readonly own: MovingLine;
  /** The bot's other lines in which somebody waits: they spend from the same session starts. */
  readonly others: readonly MovingLine[];
  /** Undefined while the limiter has not told of them. */
  readonly starts: SessionStarts | undefined;
  /** Ms between two turns of a line. */
  readonly intervalMs: number;
}

/**
 * When the turn comes, on the queue's clock, that has `ahead` others before it in its line; null when the session
 * starts end before and nobody knows a reset, and when it takes more than {@link MAX_WINDOWS} resets.
 *
 * It assumes that every line drains as it stands: nobody comes, leaves or is throttled, nobody waits at another
 * replica, nothing is released, and all permits take one interval. Of one bucket that makes it exact; of several,
 * up to the end of the window that follows the first reset: from there on all lines go in step, and it takes
 * them to be in the order they had.
 */
export function turnAt(basis: TurnBasis, ahead: number): number | null {
  const { own, starts, intervalMs } = basis;
  const undelayed = (turn: number): number => own.nextTurnAt + turn * intervalMs;
  if (starts === undefined) return undelayed(ahead);
  let { left } = starts;
  if (startsBefore(basis, ahead) < left) return undelayed(ahead);
  // What would begin a window is a permit, and there is none to give.
  if (starts.perWindow < 1 || (left < 1 && starts.resetAt === null)) return null;

  let resetAt = starts.resetAt ?? firstTurnAt(basis) + SESSION_WINDOW_MS;
  /** How much later than without an end of the starts the line goes by now. */
  let delayMs = 0;
  for (let windows = 0; startsBefore(basis, ahead) >= left; windows += 1) {
    if (windows === MAX_WINDOWS) return null;
    // The reset finds the line where the starts have ended, or comes before they do.
    const untilReset = turnsBefore(own, resetAt - delayMs, intervalMs);
    const untilEnd = firstTurn(ahead, (turn) => startsBefore(basis, turn) >= left);
    const turn = Math.min(untilEnd, untilReset);
    delayMs = Math.max(delayMs, resetAt - undelayed(turn));
    left = Math.min(left, startsBefore(basis, turn)) + starts.perWindow;
    resetAt = undelayed(turn) + delayMs + SESSION_WINDOW_MS;
  }
  return undelayed(ahead) + delayMs;
}

/** When somebody goes, on the queue's clock, who is the first in line from this moment on; null as {@link turnAt}. */
export function turnFrom(basis: TurnBasis, moment: number): number | null {
  const { waiting } = basis.own;
  const ahead = firstTurn(waiting, (turn) => (turnAt(basis, turn) ?? Infinity) >= moment);
  const turn = turnAt(basis, ahead);
  return turn === null ? null : Math.max(turn, moment);
}

/** How many turns a line has before this moment, if nothing ends them but that nobody waits any more. */
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

/** The first turn up to `last` of which this holds, as it does of all that follow; `last` when of none. */
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
