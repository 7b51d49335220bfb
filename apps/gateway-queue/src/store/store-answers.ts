import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { CLOCK, type Clock } from './store.tokens.ts';

/** Least time between two lines in the log, in ms. The queue logs the outage as well. */
const LOG_INTERVAL_MS = 10_000;

/** What becomes of operators' requests while the limiter's store is away. */
@Injectable()
export class LimiterAnswers {
  private readonly logger = new Logger(LimiterAnswers.name);
  readonly #throttle: LogThrottle;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#throttle = new LogThrottle(clock, LOG_INTERVAL_MS);
  }

  /**
   * What the limiter resolves to.
   *
   * @throws Problem (as a rejection) when it fails: whether what was asked was done is not known then
   */
  async of<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (this.#throttle.isDue())
        this.logger.error(error, 'The limiter did not answer an operator');
      throw limiterUnavailable();
    }
  }
}

export function limiterUnavailable(): Problem {
  return Problem.of(
    'limiter-unavailable',
    'The store of the limiter does not answer. If this was to change something, look whether it did, and ask again.',
  );
}
