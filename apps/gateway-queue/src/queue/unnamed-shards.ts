import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';

/** Least time between two warnings about one bot, in ms. */
const WARNING_INTERVAL_MS = 60_000;

/** Warns of requests that name no shard although their bot has several buckets: they all wait in bucket 0. */
@Injectable()
export class UnnamedShards {
  private readonly logger = new Logger(UnnamedShards.name);
  readonly #throttle: LogThrottle;

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(LIMITER) private readonly limiter: Limiter,
  ) {
    this.#throttle = new LogThrottle(clock, WARNING_INTERVAL_MS);
  }

  /** Notes that a request of this bot named no shard. Reads the bot's limits no more often than it may warn. Never rejects. */
  async seen(bot: string): Promise<void> {
    if (!this.#throttle.isDue(bot)) return;
    // The queue reports a limiter that fails. This request has been answered, so it must not fail as well.
    const limits = await this.limiter.limits(bot).catch(() => undefined);
    if (limits === undefined || limits.maxConcurrency === 1) return;
    this.logger.warn(
      { bot, maxConcurrency: limits.maxConcurrency },
      'A request names no shard (?shard=), so it waits in bucket 0 although there are more',
    );
  }
}
