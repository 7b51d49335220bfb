/** Cancels a timer. Calling it again, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/**
 * All time that the product uses. Injected everywhere, so that tests can drive it.
 * Every figure is in milliseconds and may have a fraction.
 */
export interface Clock {
  /** The time on a line that only runs forward, at one pace, whatever happens to the wall clock. */
  now(): number;

  /**
   * Names the line that {@link now} counts on. Readings of two processes can be compared only when
   * their timelines are equal, for instance because both count from the same boot of the machine.
   */
  readonly timeline: string;

  /**
   * Milliseconds since the Unix epoch, as the machine believes. It may jump either way, so it is
   * for people to read and for bridging two timelines, never for spacing permits.
   */
  wallNow(): number;

  /**
   * Runs `run` once, about `delayMs` from now. It may run a little early, and a very long delay ends
   * at the platform's limit (24 days). So the caller checks the time again when the timer fires.
   */
  setTimer(delayMs: number, run: () => void): CancelTimer;

  /** Resolves when all that comes in at the same time has been seen to: what it brings can be done together then. */
  endOfTurn(): Promise<void>;
}

/** The longest delay that setTimeout accepts; past it Node fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const NANOSECONDS_PER_MS = 1e6;

/**
 * The machine's clock. `process.hrtime` counts from the boot on Linux, so processes of one boot share
 * its line.
 *
 * @param timeline names that line; the boot id where there is one, else something unique to this process
 */
export function systemClock(timeline: string): Clock {
  return {
    timeline,
    now: () => Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS,
    wallNow: () => Date.now(),
    setTimer(delayMs, run) {
      const wholeMs = Math.min(Math.max(Math.ceil(delayMs), 0), MAX_TIMEOUT_MS);
      const timeout = setTimeout(run, wholeMs);
      return () => clearTimeout(timeout);
    },
    endOfTurn: nextImmediate,
  };
}

function nextImmediate(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
