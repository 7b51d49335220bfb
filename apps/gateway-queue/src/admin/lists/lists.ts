import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PermitView } from '@gateway-queue/identify-limiter';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { MAX_PERMITS } from '../permits/recent-permits.query.ts';
import { type PlacedWaiter, placeWaiters } from './place-waiters.ts';
import { SharedReading } from './shared-reading.ts';

/** Those who waited for a bot at one moment. There may be tens of thousands. */
export interface ReadWaiters {
  /** In rank order. */
  readonly waiters: readonly PlacedWaiter[];
  /** When that was, in ms since the Unix epoch: all durations in it end then. */
  readonly at: number;
}

/** The permits of a bot that were the newest at one moment. */
export interface ReadPermits {
  /** Newest first. */
  readonly permits: readonly PermitView[];
  /** When that was, in ms since the Unix epoch: all durations in it end then. */
  readonly at: number;
}

/**
 * The long lists of each bot: whole, at most a second old, and read from the store once a second at most, however many look.
 * What they are asked rejects when the store does not answer.
 */
@Injectable()
export class Lists implements OnModuleDestroy {
  readonly #waiters: SharedReading<ReadWaiters>;
  readonly #permits: SharedReading<ReadPermits>;

  constructor(
    @Inject(LIMITER) limiter: Pick<Limiter, 'limits' | 'recentPermits' | 'waiters'>,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#waiters = new SharedReading(async (bot) => {
      const [waiters, limits] = await Promise.all([limiter.waiters(bot), limiter.limits(bot)]);
      // Here, and not for each who looks: it takes long enough to hold up permits.
      const placed = placeWaiters(waiters, limits?.maxConcurrency ?? 1);
      return { waiters: placed, at: clock.wallNow() };
    }, clock);
    this.#permits = new SharedReading(async (bot) => {
      const permits = await limiter.recentPermits(bot, MAX_PERMITS);
      return { permits, at: clock.wallNow() };
    }, clock);
  }

  waiters(bot: string): Promise<ReadWaiters> {
    return this.#waiters.of(bot);
  }

  /** Those who wait now: for who is about to end a wait, not for who looks. */
  waitersNow(bot: string): Promise<ReadWaiters> {
    return this.#waiters.ofNow(bot);
  }

  permits(bot: string): Promise<ReadPermits> {
    return this.#permits.of(bot);
  }

  /** Somebody has changed something here: whoever asks from now on sees it. */
  forget(): void {
    this.#waiters.forget();
    this.#permits.forget();
  }

  /** Leaves no timer. */
  onModuleDestroy(): void {
    this.forget();
  }
}
