import type { Logger } from '@nestjs/common';
import type { Clock } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { Timer } from '../time/timer.ts';

/** How long in ms no call may have failed for an outage to be over. The queue repeats what failed each second. */
const OVER_MS = 10_000;

/** Logs each outage of the limiter once when it begins and once when it is over. */
export class LimiterOutage {
  readonly #throttle: LogThrottle;
  readonly #over: Timer;

  constructor(
    clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#throttle = new LogThrottle(clock, Infinity);
    this.#over = new Timer(clock, () => this.#end());
  }

  /** Notes that a call of the limiter has failed. */
  failed(error: unknown): void {
    if (this.#throttle.isDue()) {
      this.logger.error(
        error,
        'The limiter fails: nothing is granted, requests stay held, and what failed is repeated',
      );
    }
    this.#over.set(OVER_MS);
  }

  /** Clears the timer. To be called when the queue is closed. */
  stop(): void {
    this.#over.clear();
  }

  #end(): void {
    this.#throttle.end();
    this.logger.log(
      `No call of the limiter has failed for ${OVER_MS / 1000} s: the outage is over`,
    );
  }
}
