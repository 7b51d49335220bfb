import { Logger } from '@nestjs/common';
import type { BotView, Pause } from '@gateway-queue/identify-limiter';
import { DEFAULT_RULES, FakeClock } from '@gateway-queue/identify-limiter/testing';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import type { Store } from '@gateway-queue/operator-records';
import { openSqliteStore } from '@gateway-queue/store-sqlite';
import { vi } from 'vitest';
import { FaultyLimiter } from '../../../../../libs/identify-queue/testing/faulty-limiter.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { HoldWatch } from '../hold-watch.ts';

const BOT = 'default';

export const INTERVAL_MS = DEFAULT_RULES.intervalMs + DEFAULT_RULES.marginMs;
export const MINUTE_MS = 60_000;
/** As the settings have it. */
export const RESERVE = 10;
/** For how long a shard that had one permit is throttled, with no more than half of its starts left. */
export const WINDOW_MS = 15 * MINUTE_MS;

/** The queue of one bot with two buckets, on a clock that only the test moves, and all that is logged of its holds. */
export class HeldBot {
  readonly clock = new FakeClock();
  readonly watch: HoldWatch;
  /** What was logged at warn. */
  readonly warned: string[] = [];
  /** What was logged at info. */
  readonly told: string[] = [];
  /** How often the limiter was asked about the bot. */
  views = 0;
  /** How long the limiter takes to tell about the bot. */
  viewTakesMs = 0;
  readonly #store: Store;
  readonly #limiter: FaultyLimiter;
  readonly #queue: IdentifyQueue;

  constructor() {
    this.#store = openSqliteStore({
      clock: this.clock,
      dataDir: ':memory:',
      rules: {
        ...DEFAULT_RULES,
        reserveOf: () => RESERVE,
        crashLoop: { burst: 1, windowMs: WINDOW_MS, below: 0.5 },
      },
      placeTtlMs: 90_000,
      maxPlaces: 8,
      replica: 'local',
    });
    this.#limiter = new FaultyLimiter(this.#store.limiter, this.clock);
    this.#queue = new IdentifyQueue({
      limiter: this.#limiter,
      clock: this.clock,
      intervalMs: INTERVAL_MS,
      onLimiterError: () => undefined,
    });
    this.#listenTo('warn', this.warned);
    this.#listenTo('log', this.told);
    this.watch = new HoldWatch(
      this.#queue,
      { view: (bot) => this.#view(bot) },
      this.clock,
      readSettings({}),
    );
    this.watch.onApplicationBootstrap();
  }

  /** Discord's count of session starts, of 1000; then all buckets open. */
  async setStarts(remaining: number): Promise<void> {
    const budget = { remaining, resetInMs: 60 * MINUTE_MS, askedMsAgo: 0 };
    const limits = { maxConcurrency: 2, total: 1000, source: 'discord', budget } as const;
    await this.#store.limiter.setLimits(BOT, limits);
    await this.clock.advance(INTERVAL_MS);
  }

  /** When the session starts reset, in ms since the Unix epoch. */
  async resetAt(): Promise<number> {
    const { limits } = await this.#store.limiter.view(BOT);
    return Math.round(limits?.resetAt ?? NaN);
  }

  /** A shard asks. @returns hangs up */
  async ask(shard: number): Promise<() => void> {
    const leaves = new AbortController();
    const request = { bot: BOT, shard, priority: 'normal' as const };
    this.#queue.wait(request, leaves.signal).catch(() => undefined);
    await this.clock.settle();
    return () => leaves.abort(new Error('left'));
  }

  /** Kim pauses the bot, or one of its buckets. */
  pause(bucket: number | null, durationMs: number | null, reason = 'Deploying'): Promise<Pause> {
    return this.#store.limiter.pause({ bot: BOT, bucket, reason, by: 'kim', durationMs });
  }

  /** From now on the limiter's store fails, or does not. */
  set isAway(isAway: boolean) {
    this.#limiter.asleep = isAway;
  }

  async end(): Promise<void> {
    vi.restoreAllMocks();
    await this.watch.onModuleDestroy();
    await this.#store.close();
  }

  async #view(bot: string): Promise<BotView> {
    this.views += 1;
    if (this.#limiter.asleep) throw new Error('the disk is full');
    if (this.viewTakesMs > 0) {
      await new Promise<void>((resolve) => this.clock.setTimer(this.viewTakesMs, resolve));
    }
    return this.#store.limiter.view(bot);
  }

  #listenTo(level: 'log' | 'warn', lines: string[]): void {
    vi.spyOn(Logger.prototype, level).mockImplementation((_members, text: string) => {
      lines.push(text);
    });
  }
}

/** A moment as the log has it. */
export function at(moment: number): string {
  return new Date(moment).toISOString();
}
