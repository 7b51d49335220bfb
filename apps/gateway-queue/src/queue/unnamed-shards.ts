import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../limiter/limiter.tokens.ts';

/** How long one warning is enough for, in ms. */
const QUIET_MS = 60_000;

/** Warns of permits whose request named no shard although their bot has more than one bucket: they all wait in bucket 0. */
@Injectable()
export class UnnamedShards {
  private readonly logger = new Logger(UnnamedShards.name);
  readonly #warnedAt = new Map<string, number>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LIMITER) private readonly limiter: Limiter,
  ) {}

  async seen(bot: string): Promise<void> {
    const now = this.clock.now();
    if (now - (this.#warnedAt.get(bot) ?? -Infinity) < QUIET_MS) return;
    // A limiter that fails is reported by others; it is no reason to fail the request that was answered.
    const limits = await this.limiter.limits(bot).catch(() => undefined);
    if (limits === undefined || limits.maxConcurrency === 1) return;
    this.#warnedAt.set(bot, now);
    this.logger.warn(
      { bot, maxConcurrency: limits.maxConcurrency },
      'A request names no shard (?shard=), so it waits in bucket 0 although there are more',
    );
  }
}
