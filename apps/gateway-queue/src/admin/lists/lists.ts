import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PermitView } from '@gateway-queue/identify-limiter';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { MAX_PERMITS } from '../permits/recent-permits.query.ts';
import { type PlacedWaiter, placeWaiters } from './place-waiters.ts';
import { SharedReading } from './shared-reading.ts';

/**
 * The long lists of each bot: whole, at most a second old, and read from the store once a second at most, however many
 * requests ask for them. The methods reject when the store does not answer.
 */
@Injectable()
export class Lists implements OnModuleDestroy {
  readonly #waiters: SharedReading<readonly PlacedWaiter[]>;
  readonly #permits: SharedReading<readonly PermitView[]>;

  constructor(
    @Inject(LIMITER) limiter: Pick<Limiter, 'limits' | 'view' | 'waiters'>,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#waiters = new SharedReading(async (bot) => {
      const [{ waiters }, limits] = await Promise.all([limiter.waiters(bot), limiter.limits(bot)]);
      // Once for all readers: it takes long enough to hold up permits.
      return placeWaiters(waiters, limits?.maxConcurrency ?? 1);
    }, clock);
    this.#permits = new SharedReading(async (bot) => {
      const wanted = { base: MAX_PERMITS, perBucket: 0, max: MAX_PERMITS };
      return (await limiter.view(bot, wanted)).permits;
    }, clock);
  }

  /** All requests that wait for the bot, in rank order. There may be tens of thousands. */
  waiters(bot: string): Promise<readonly PlacedWaiter[]> {
    return this.#waiters.of(bot);
  }

  /** The requests that wait now, not a second ago: for an operator who is about to evict one. */
  waitersNow(bot: string): Promise<readonly PlacedWaiter[]> {
    return this.#waiters.ofNow(bot);
  }

  /** The newest permits of the bot, newest first. */
  permits(bot: string): Promise<readonly PermitView[]> {
    return this.#permits.of(bot);
  }

  /** After a change by an operator: later calls read anew. */
  forget(): void {
    this.#waiters.forget();
    this.#permits.forget();
  }

  /** Clears all timers. */
  onModuleDestroy(): void {
    this.forget();
  }
}
