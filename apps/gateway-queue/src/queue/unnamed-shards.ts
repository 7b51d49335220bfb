import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import type { Client } from './client-of.ts';
import { RecurringClients } from './recurring-clients.ts';

/** Least time between two warnings of one kind about one bot, in ms. */
const WARNING_INTERVAL_MS = 60_000;

/** Warns of requests that name no shard: each permit costs a session start, and all of them wait in bucket 0. */
@Injectable()
export class UnnamedShards {
  private readonly logger = new Logger(UnnamedShards.name);
  readonly #several: LogThrottle;
  readonly #refused: LogThrottle;
  readonly #recurring: RecurringClients;

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'limits'>,
  ) {
    this.#several = new LogThrottle(clock, WARNING_INTERVAL_MS);
    this.#refused = new LogThrottle(clock, WARNING_INTERVAL_MS);
    this.#recurring = new RecurringClients(clock);
  }

  /**
   * Notes that a request of this bot that named no shard has had its permit. Reads the bot's limits no more often than it may
   * warn. Never rejects.
   */
  async permitted(bot: string, client: Client): Promise<void> {
    const permits = this.#recurring.note(bot, client);
    if (permits !== undefined) {
      this.logger.warn(
        { bot, permits, ...client },
        'A client keeps taking permits without naming a shard (?shard=), and each costs a session start. If it is a probe, ' +
          'point it at /health/live; REQUIRE_SHARD=true refuses such requests',
      );
    }
    if (!this.#several.isDue(bot)) return;
    // The queue reports a limiter that fails. This request has been answered, so it must not fail as well.
    const limits = await this.limiter.limits(bot).catch(() => undefined);
    if (limits === undefined || limits.maxConcurrency === 1) return;
    this.logger.warn(
      { bot, maxConcurrency: limits.maxConcurrency, ...client },
      'A request names no shard (?shard=), so it waits in bucket 0 although there are more',
    );
  }

  /** Notes that a request of this bot was refused because it named no shard. */
  refused(bot: string, client: Client): void {
    if (!this.#refused.isDue(bot)) return;
    this.logger.warn(
      { bot, ...client },
      'A request names no shard (?shard=), and is refused because of REQUIRE_SHARD',
    );
  }
}
