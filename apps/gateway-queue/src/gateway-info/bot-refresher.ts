import type { Clock, Limits, LimiterControl, LimitsReport } from '@gateway-queue/identify-limiter';
import type { LimitsOverrides } from '@gateway-queue/operator-records';
import type { BotSettings } from '../settings/bot-settings.ts';
import { Timer } from '../time/timer.ts';
import { backoffMs } from './backoff.ts';
import type { BotStatus } from './bot-status.ts';
import type { DiscordClient } from './discord-client.ts';
import { asLimiterFailure, type Failure, failureOf } from './failure.ts';
import { askForLimits } from './ask-for-limits.ts';
import { reconcileLimits } from './reconcile-limits.ts';
import type { RefreshLog } from './refresh-log.ts';

/** What a {@link BotRefresher} works with. */
export interface Surroundings {
  readonly clock: Clock;
  readonly limiter: Pick<LimiterControl, 'leads' | 'limits' | 'setLimits'>;
  /** What operators say goes before all else. */
  readonly overrides: Pick<LimitsOverrides, 'of'>;
  /** Undefined for a bot without a token. */
  readonly discord: Pick<DiscordClient, 'ask' | 'abort'> | undefined;
  readonly log: RefreshLog;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A reset that Discord keeps calling near must not make for a question at every turn of the clock. */
const MIN_RESET_WAIT_MS = 5000;

/**
 * Keeps the limiter's idea of one bot's limits up to date. Of the replicas that share a limiter one asks Discord, the
 * leader; the others know what it learned.
 */
export class BotRefresher {
  readonly #bot: BotSettings;
  readonly #with: Surroundings;
  readonly #retry: Timer;
  readonly #reset: Timer;
  #leads = false;
  /** Whether another replica was found to lead: then it is that one's to say how things go. */
  #follows = false;
  #limits: Limits | undefined;
  /** Whether what the limiter knew before this replica led was looked at. */
  #recalled = false;
  #learnedAt = 0;
  #fresh = false;
  #failure: Failure | undefined;
  #failures = 0;
  #trying: Promise<void> | undefined;
  #stopped = false;

  constructor(bot: BotSettings, surroundings: Surroundings) {
    this.#bot = bot;
    this.#with = surroundings;
    this.#retry = new Timer(surroundings.clock, () => void this.refreshInTurn());
    this.#reset = new Timer(surroundings.clock, () => void this.refreshInTurn());
  }

  /**
   * A refresh that nobody is waiting for: the leader asks; while tries fail, the next one comes when the backoff says so.
   * When the limiter does not say who leads, nothing is asked: what it learns then would not be kept.
   */
  async refreshInTurn(): Promise<void> {
    if (this.#stopped || this.#retry.remainingMs !== null) return;
    this.#leads = await this.#with.limiter.leads(this.#bot.id).catch(() => false);
    if (this.#leads) await this.refresh();
  }

  /** Refreshes now if it is this one that asks Discord. */
  async refreshIfLeading(): Promise<void> {
    const leads = await this.#with.limiter.leads(this.#bot.id).catch(() => false);
    if (leads) await this.refresh();
  }

  /**
   * Looks at what the replicas share. The leader asks Discord when it has just become that, and when the limits are lost
   * from the limiter; the others take over what is known. Never rejects: while the limiter is away, all stays as it is.
   */
  async look(): Promise<void> {
    const { id } = this.#bot;
    const { limiter, log } = this.#with;
    const seen = await Promise.all([limiter.leads(id), limiter.limits(id)]).catch(() => undefined);
    if (this.#stopped || this.#trying !== undefined) return;
    const ledBefore = this.#leads;
    const [leads, limits] = seen ?? [false];
    this.#leads = leads;
    if (seen === undefined) return;

    this.#follows = !leads;
    if (limits !== undefined) this.#know(limits);
    else this.#lose();
    if (!leads) this.#follow();
    else if (!ledBefore) {
      log.leads();
      // What failed because the limiter was away need not wait any longer.
      if (this.#failure?.kind === 'passing') this.#retry.clear();
    }
    if (leads && (!ledBefore || limits === undefined)) await this.refreshInTurn();
  }

  /**
   * Refreshes now, or joins the refresh under way; while Discord wants to be left alone, does nothing.
   * Never rejects: {@link status} tells how it went.
   */
  async refresh(): Promise<void> {
    if (this.#stopped) return;
    if (this.#isLeftAlone) return;
    this.#trying ??= this.#try().finally(() => {
      this.#trying = undefined;
    });
    await this.#trying;
  }

  /**
   * An operator has put an override, or lifted it: what is known is brought in line with it at once, and Discord asked.
   *
   * @throws LimiterFailedError (as a rejection) when the former cannot be done
   */
  async reconsider(): Promise<void> {
    if (this.#stopped) return;
    await this.#recall();
    // How that goes is no part of what was ordered. What is being learned now goes by the new word already.
    void this.refresh();
  }

  status(): BotStatus {
    const now = this.#with.clock.now();
    return {
      bot: this.#bot.id,
      leads: this.#leads,
      source: this.#limits?.source ?? null,
      maxConcurrency: this.#limits?.maxConcurrency ?? null,
      ageMs: this.#limits === undefined ? null : now - this.#learnedAt,
      stale: !this.#fresh,
      lastError: (this.#follows ? undefined : this.#failure?.sentence) ?? null,
      nextTryInMs: this.#follows ? null : this.#retry.remainingMs,
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

  /** Whether Discord has said that it does not want to be asked yet. */
  get #isLeftAlone(): boolean {
    return this.#failure?.kind === 'rate-limited' && this.#retry.remainingMs !== null;
  }

  async #try(): Promise<void> {
    this.#retry.clear();
    try {
      if (!this.#recalled) await this.#recall();
      if (this.#stopped) return;
      const { clock, discord } = this.#with;
      const report = await askForLimits(discord, () => this.#override(), clock);
      if (this.#stopped) return;
      const limits = await this.#with.limiter
        .setLimits(this.#bot.id, report)
        .catch(asLimiterFailure);
      this.#succeeded(limits);
      // The last word counts, also where it came while this was written, at whichever replica.
      if ((await this.#override()) !== reported(report)) await this.#recall();
    } catch (error) {
      if (!this.#stopped) this.#failed(failureOf(error, this.#bot.id));
    }
  }

  async #recall(): Promise<void> {
    const { discord, limiter } = this.#with;
    const override = await this.#override();
    const limits = await reconcileLimits(this.#bot.id, override, discord !== undefined, limiter);
    this.#recalled = true;
    if (limits !== undefined) this.#know(limits);
  }

  /** An operator's word on max_concurrency, else that of the settings. */
  async #override(): Promise<number | undefined> {
    const override = await this.#with.overrides.of(this.#bot.id).catch(asLimiterFailure);
    return override?.maxConcurrency ?? this.#bot.maxConcurrency;
  }

  #know(limits: Limits): void {
    this.#limits = limits;
    this.#learnedAt = this.#with.clock.now() - limits.ageMs;
  }

  #lose(): void {
    if (this.#limits !== undefined) this.#with.log.lost();
    this.#limits = undefined;
    this.#fresh = false;
  }

  /** Another replica asks, and is the one to say how that goes. */
  #follow(): void {
    this.#recalled = false;
    this.#reset.clear();
    // Should this one lead again before that, Discord still wants to be left alone.
    if (!this.#isLeftAlone) {
      this.#retry.clear();
      this.#failure = undefined;
    }
    this.#fresh = this.#limits !== undefined;
    if (this.#limits !== undefined) this.#with.log.succeeded(this.#limits);
  }

  #succeeded(limits: Limits): void {
    this.#know(limits);
    this.#fresh = true;
    this.#failure = undefined;
    this.#with.log.succeeded(limits);
    if (this.#stopped) return;
    // A full budget has nothing to gain from its reset, and Discord's reset_after of an idle bot is 0.
    if (limits.resetInMs === null || limits.remaining >= limits.total) this.#reset.clear();
    else this.#reset.set(Math.max(limits.resetInMs, MIN_RESET_WAIT_MS));
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

/** The operator's word on max_concurrency by which a report was made. */
function reported({ maxConcurrency, source }: LimitsReport): number | undefined {
  return source === 'override' ? maxConcurrency : undefined;
}
