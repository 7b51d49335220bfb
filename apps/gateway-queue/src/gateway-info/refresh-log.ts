import type { LoggerService } from '@nestjs/common';
import type { Limits } from '@gateway-queue/identify-limiter';
import type { Failure } from './failure.ts';

/** Tells the log what is news about one bot's limits, once. */
export class RefreshLog {
  readonly #bot: string;
  readonly #logger: Required<Pick<LoggerService, 'log' | 'warn' | 'debug'>>;
  #maxConcurrency: number | null = null;
  /** What was complained about since the last try that went well. */
  readonly #complaints = new Set<string>();

  constructor(bot: string, logger: Required<Pick<LoggerService, 'log' | 'warn' | 'debug'>>) {
    this.#bot = bot;
    this.#logger = logger;
  }

  succeeded({ maxConcurrency, source, remaining, total }: Limits): void {
    const before = this.#maxConcurrency;
    this.#maxConcurrency = maxConcurrency;
    if (before === null) {
      this.#logger.log(
        `Bot ${this.#bot} has max_concurrency ${maxConcurrency} (${source}) and ${remaining} of ${total} session starts left`,
      );
    } else if (before !== maxConcurrency) {
      this.#logger.log(
        `Bot ${this.#bot} now has max_concurrency ${maxConcurrency} (${source}); it was ${before}`,
      );
    }
    if (this.#complaints.size > 0) {
      this.#complaints.clear();
      this.#logger.log(`The limits of bot ${this.#bot} are up to date again`);
    }
  }

  /** From now on it is this replica that asks. */
  leads(): void {
    this.#logger.log(`This replica keeps the limits of bot ${this.#bot} up to date from now on`);
  }

  /** The limiter does not know the limits any more. */
  lost(): void {
    this.#logger.warn(
      `The limiter has lost the limits of bot ${this.#bot}; nothing is granted until they are known again`,
    );
  }

  failed({ sentence }: Failure, nextTryInMs: number): void {
    const line = `${sentence} Next try in ${Math.ceil(nextTryInMs / 1000)} s.`;
    if (this.#complaints.has(sentence)) {
      this.#logger.debug(line);
      return;
    }
    this.#complaints.add(sentence);
    this.#logger.warn(line);
  }
}
