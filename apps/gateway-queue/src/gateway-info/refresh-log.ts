import type { LoggerService } from '@nestjs/common';
import type { Clock, Limits } from '@gateway-queue/identify-limiter';
import { LogThrottle } from '../logs/log-throttle.ts';
import type { Failure } from './failure.ts';
import { divisorRule, type WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/** Logs the changes of one bot's limits, and each reason for a failed refresh once until a refresh succeeds. */
export class RefreshLog {
  readonly #bot: string;
  readonly #logger: Required<Pick<LoggerService, 'log' | 'warn' | 'debug'>>;
  #maxConcurrency: number | null = null;
  /** The last warning of {@link ignores}; null since it is over. */
  #ignoring: string | null = null;
  /** By the sentence that says what failed. */
  readonly #failures: LogThrottle;

  constructor(
    bot: string,
    logger: Required<Pick<LoggerService, 'log' | 'warn' | 'debug'>>,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#bot = bot;
    this.#logger = logger;
    this.#failures = new LogThrottle(clock, Infinity);
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
    if (this.#failures.end()) {
      this.#logger.log(`The limits of bot ${this.#bot} are up to date again`);
    }
  }

  /** @param ignored what cannot hold in place of Discord's max_concurrency: logged once, and once more when it is over */
  ignores(ignored: WantedMaxConcurrency | null, limits: Limits): void {
    const { discordMaxConcurrency, maxConcurrency } = limits;
    const warning =
      ignored === null || discordMaxConcurrency === null
        ? null
        : `Bot ${this.#bot} ignores the max_concurrency ${ignored.maxConcurrency} of the ${ignored.from}, and Discord's ` +
          `${maxConcurrency} holds. It ${divisorRule(discordMaxConcurrency)}`;
    if (warning === this.#ignoring) return;
    this.#ignoring = warning;
    if (warning !== null) this.#logger.warn(warning);
    else
      this.#logger.log(
        `Bot ${this.#bot} no longer ignores a max_concurrency: ${maxConcurrency} holds`,
      );
  }

  /** This replica has become the one that asks Discord. */
  leads(): void {
    this.#logger.log(`This replica keeps the limits of bot ${this.#bot} up to date from now on`);
  }

  /** The limiter no longer knows the limits. */
  lost(): void {
    this.#logger.warn(
      `The limiter has lost the limits of bot ${this.#bot}; nothing is granted until they are known again`,
    );
  }

  failed({ sentence }: Failure, nextTryInMs: number): void {
    const line = `${sentence} Next try in ${Math.ceil(nextTryInMs / 1000)} s.`;
    if (this.#failures.isDue(sentence)) this.#logger.warn(line);
    else this.#logger.debug(line);
  }
}
