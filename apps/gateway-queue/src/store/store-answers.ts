import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { CLOCK, type Clock } from './store.tokens.ts';

/** Least time between two lines in the log about one part of the store, in ms: any client can ask while it is away. */
const LOG_INTERVAL_MS = 10_000;

/** Turns failures of the store into the problems that operators get, and logs them. */
@Injectable()
export class StoreAnswers {
  private readonly logger = new Logger(StoreAnswers.name);
  readonly #throttle: LogThrottle;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#throttle = new LogThrottle(clock, LOG_INTERVAL_MS);
  }

  /**
   * What the limiter resolves to.
   *
   * @throws Problem (as a rejection) when the limiter fails: whether it did what it was asked is not known then
   */
  async fromLimiter<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (this.#throttle.isDue('limiter')) {
        this.logger.error(error, 'The limiter did not answer an operator');
      }
      throw limiterUnavailable();
    }
  }

  /**
   * What the records resolve to.
   *
   * @throws Problem (as a rejection) when the records fail
   */
  async fromRecords<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.recordsFailed(error);
      throw recordsUnavailable();
    }
  }

  /** Logs a failure of the records that the request can do without. */
  recordsFailed(error: unknown): void {
    if (!this.#throttle.isDue('records')) return;
    this.logger.error(error, 'Sessions or the audit log cannot be reached');
  }
}

/** The answer while the limiter's store is away. */
export function limiterUnavailable(): Problem {
  return Problem.of(
    'limiter-unavailable',
    'The store of the limiter does not answer. After a change, read whether it was made, then ask again.',
  );
}

/** The answer while the records are away. */
export function recordsUnavailable(): Problem {
  return Problem.of(
    'records-unavailable',
    'Sessions and the audit log cannot be reached, so no session is valid and nothing is changed. Try again.',
  );
}
