import type { Clock } from '@gateway-queue/identify-limiter';

/**
 * Keeps a repeated event from filling the log. The caller asks before each line whether the line is due, and logs it
 * itself. One throttle can serve several subjects, such as the ids of bots; each has its own time.
 */
export class LogThrottle {
  /** When a line about each subject was last due, on the clock's line. */
  readonly #lastDueAt = new Map<string, number>();

  /** @param intervalMs least time between two lines about a subject; Infinity allows one until {@link end} */
  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly intervalMs: number,
  ) {}

  /** Whether the caller should log a line now. True counts as logged. */
  isDue(subject = ''): boolean {
    const now = this.clock.now();
    if (now - (this.#lastDueAt.get(subject) ?? -Infinity) < this.intervalMs) return false;
    this.#lastDueAt.set(subject, now);
    return true;
  }

  /**
   * Says that the event is over, of one subject or of all. The next line about it is due at once.
   *
   * @returns whether a line was logged since the last end, so that a line which says that it is over is due
   */
  end(subject?: string): boolean {
    if (subject !== undefined) return this.#lastDueAt.delete(subject);
    const wasLogged = this.#lastDueAt.size > 0;
    this.#lastDueAt.clear();
    return wasLogged;
  }
}
