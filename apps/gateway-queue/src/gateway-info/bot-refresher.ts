import type { Clock, Limits, LimiterControl, LimitsReport } from '@gateway-queue/identify-limiter';
import type { BotSettings } from '../settings/bot-settings.ts';
import { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import type { BotStatus } from './bot-status.ts';
import type { DiscordClient } from './discord-client.ts';
import { type Failure, failureOf, LimiterFailedError } from './failure.ts';
import { learnLimits } from './learn-limits.ts';
import type { RefreshLog } from './refresh-log.ts';

/** What a {@link BotRefresher} works with. */
export interface Surroundings {
  readonly clock: Clock;
  readonly limiter: Pick<LimiterControl, 'limits' | 'setLimits'>;
  /** Undefined for a bot without a token. */
  readonly discord: Pick<DiscordClient, 'ask' | 'abort'> | undefined;
  readonly log: RefreshLog;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A reset that Discord keeps calling near must not make for a question at every turn of the clock. */
const LEAST_RESET_WAIT_MS = 5000;

/** Keeps the limiter's idea of one bot's limits up to date. */
export class BotRefresher {
  readonly #bot: BotSettings;
  readonly #with: Surroundings;
  readonly #retry: Alarm;
  readonly #reset: Alarm;
  #limits: Limits | undefined;
  #learnedAt = 0;
  #fresh = false;
  #failure: Failure | undefined;
  #failures = 0;
  #trying: Promise<void> | undefined;
  #stopped = false;

  constructor(bot: BotSettings, surroundings: Surroundings) {
    this.#bot = bot;
    this.#with = surroundings;
    this.#retry = new Alarm(surroundings.clock, () => void this.refresh());
    this.#reset = new Alarm(surroundings.clock, () => void this.refreshInTurn());
  }

  /** A refresh that nobody is waiting for; while tries fail, the next one comes when the backoff says so. */
  async refreshInTurn(): Promise<void> {
    if (this.#retry.remainingMs === null) await this.refresh();
  }

  /**
   * Refreshes now, or joins the refresh under way; while Discord wants to be left alone, does nothing.
   * Never rejects: {@link status} tells how it went.
   */
  async refresh(): Promise<void> {
    if (this.#stopped) return;
    if (this.#failure?.kind === 'rate-limited' && this.#retry.remainingMs !== null) return;
    this.#trying ??= this.#try().finally(() => {
      this.#trying = undefined;
    });
    await this.#trying;
  }

  status(): BotStatus {
    const now = this.#with.clock.now();
    return {
      bot: this.#bot.id,
      source: this.#limits?.source ?? null,
      maxConcurrency: this.#limits?.maxConcurrency ?? null,
      ageMs: this.#limits === undefined ? null : now - this.#learnedAt,
      stale: !this.#fresh,
      lastError: this.#failure?.sentence ?? null,
      nextTryInMs: this.#retry.remainingMs,
    };
  }

  /** Ends all timers and gives up the question under way. Nothing reaches the limiter after it resolved. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retry.clear();
    this.#reset.clear();
    this.#with.discord?.abort();
    await this.#trying;
  }

  async #try(): Promise<void> {
    this.#retry.clear();
    try {
      if (this.#limits === undefined) await this.#recall();
      if (this.#stopped) return;
      const report = await learnLimits(this.#bot, this.#with.discord, this.#with.clock);
      if (this.#stopped) return;
      const limits = await this.#with.limiter.setLimits(this.#bot.id, report).catch(asLimiterError);
      this.#succeeded(limits);
    } catch (error) {
      if (!this.#stopped) this.#failed(failureOf(error, this.#bot.id));
    }
  }

  /** What the limiter knows from before; it counts until Discord says otherwise, but not against the operator. */
  async #recall(): Promise<void> {
    const { id, maxConcurrency = null } = this.#bot;
    const { limiter } = this.#with;
    const limits = await limiter.limits(id).catch(asLimiterError);
    if (limits === undefined) return;
    // What was counted without a token is no idea of what Discord has left for it: nothing, until it says so.
    const invented = this.#with.discord !== undefined && !limits.countedByDiscord;
    if (!invented && (maxConcurrency ?? limits.maxConcurrency) === limits.maxConcurrency) {
      this.#know(limits);
      return;
    }
    const report: LimitsReport = {
      maxConcurrency: maxConcurrency ?? limits.maxConcurrency,
      total: limits.total,
      source: maxConcurrency === null ? limits.source : 'override',
      ...(invented && { budget: { remaining: 0, resetInMs: 0, askedMsAgo: 0 } }),
    };
    this.#know(await limiter.setLimits(id, report).catch(asLimiterError));
  }

  #know(limits: Limits): void {
    this.#limits = limits;
    this.#learnedAt = this.#with.clock.now() - limits.ageMs;
  }

  #succeeded(limits: Limits): void {
    this.#know(limits);
    this.#fresh = true;
    this.#failure = undefined;
    this.#with.log.succeeded(limits);
    if (this.#stopped) return;
    // A full budget has nothing to gain from its reset, and Discord's reset_after of an idle bot is 0.
    if (limits.resetInMs === null || limits.remaining >= limits.total) this.#reset.clear();
    else this.#reset.set(Math.max(limits.resetInMs, LEAST_RESET_WAIT_MS));
  }

  #failed(failure: Failure): void {
    this.#failures = failure.kind === this.#failure?.kind ? this.#failures + 1 : 1;
    this.#failure = failure;
    this.#fresh = false;
    const delayMs = backoffMs(failure, this.#failures, this.#with.random());
    this.#with.log.failed(failure, delayMs);
    this.#retry.set(delayMs);
  }
}

function asLimiterError(error: unknown): never {
  const message = error instanceof Error ? error.message : 'unknown reason';
  throw new LimiterFailedError(message, { cause: error });
}
