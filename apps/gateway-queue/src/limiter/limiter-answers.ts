import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { CLOCK, type Clock } from './limiter.tokens.ts';

/** How long one entry in the log is enough for, in ms: the queue reports an outage as well. */
const QUIET_MS = 10_000;

/** What becomes of operators' requests while the limiter's store is away. */
@Injectable()
export class LimiterAnswers {
  private readonly logger = new Logger(LimiterAnswers.name);
  #reportedAt = -Infinity;

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * What the limiter resolves to.
   *
   * @throws Problem (as a rejection) when it fails: whether what was asked was done is not known then
   */
  async of<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (this.clock.now() - this.#reportedAt >= QUIET_MS) {
        this.#reportedAt = this.clock.now();
        this.logger.error(error, 'The limiter did not answer an operator');
      }
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
