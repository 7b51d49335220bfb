import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Problem } from '../http/problem.ts';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { refusals } from './refusals.ts';

/** Least time between two lines in the log, in ms: any client can ask for sessions while they cannot be reached. */
const LOG_INTERVAL_MS = 10_000;

/** What becomes of requests while sessions or the audit log fail: nobody is let in. */
@Injectable()
export class RecordsOutage {
  private readonly logger = new Logger(RecordsOutage.name);
  readonly #throttle: LogThrottle;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#throttle = new LogThrottle(clock, LOG_INTERVAL_MS);
  }

  /**
   * What the store resolves to.
   *
   * @throws Problem (as a rejection) when the store fails
   */
  async guard<T>(stored: Promise<T>): Promise<T> {
    try {
      return await stored;
    } catch (error) {
      throw this.#problem(error);
    }
  }

  /** Reports the failure of something that the request can do without. */
  report(error: unknown): void {
    if (!this.#throttle.isDue()) return;
    this.logger.error(error, 'Sessions or the audit log cannot be reached');
  }

  #problem(error: unknown): Problem {
    this.report(error);
    return refusals.recordsUnavailable();
  }
}
