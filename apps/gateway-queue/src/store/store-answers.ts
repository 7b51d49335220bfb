import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { CLOCK, type Clock } from './store.tokens.ts';

/** Least time between two lines in the log about one part of the store, in ms: any client can ask while it is away. */
const LOG_INTERVAL_MS = 10_000;

/** Turns a failure of the store into the problem that its caller gets, and into a line in the log now and then. */
@Injectable()
export class StoreAnswers {
  private readonly logger = new Logger(StoreAnswers.name);
  readonly #limiterThrottle: LogThrottle;
  readonly #recordsThrottle: LogThrottle;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#limiterThrottle = new LogThrottle(clock, LOG_INTERVAL_MS);
    this.#recordsThrottle = new LogThrottle(clock, LOG_INTERVAL_MS);
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
      if (this.#limiterThrottle.isDue()) {
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
    if (!this.#recordsThrottle.isDue()) return;
    this.logger.error(error, 'Sessions or the audit log cannot be reached');
  }
}

export function limiterUnavailable(): Problem {
  return Problem.of(
    'limiter-unavailable',
    'The store of the limiter does not answer. If this was to change something, look whether it did, and ask again.',
  );
}

export function recordsUnavailable(): Problem {
  return Problem.of(
    'records-unavailable',
    'Sessions and the audit log cannot be reached, so nobody is let in by them, and nothing is changed. Try again.',
  );
}
