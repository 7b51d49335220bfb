import type { Clock, Limits, LimiterControl, LimitsReport } from '@gateway-queue/identify-limiter';
import type { LimitsOverrides } from '@gateway-queue/operator-records';
import type { BotSettings } from '../settings/bot-settings.ts';
import { Timer } from '../time/timer.ts';
import { askForLimits } from './ask-for-limits.ts';
import type { BotStatus } from './bot-status.ts';
import type { CurrentToken } from './current-token.ts';
import type { DiscordClient } from './discord-client.ts';
import { asLimiterFailure, failureOf } from './failure.ts';
import { reconcileLimits } from './reconcile-limits.ts';
import type { RefreshLog } from './refresh-log.ts';
import { Retries } from './retries.ts';
import { ignoredOf, type WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/** What a {@link BotRefresher} works with. */
export interface RefresherOptions {
  readonly clock: Clock;
  readonly limiter: Pick<LimiterControl, 'leads' | 'limits' | 'setLimits'>;
  /** An operator's override goes before the settings and Discord. */
  readonly overrides: Pick<LimitsOverrides, 'of'>;
  /** Undefined for a bot without a token. */
  readonly discord: Pick<DiscordClient, 'ask' | 'abort'> | undefined;
  /** Read again when Discord rejects it, and on an operator's word. Left out for a bot whose token never changes. */
  readonly token?: Pick<CurrentToken, 'reread'> | undefined;
  readonly log: RefreshLog;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Least time until a refresh at the budget's reset, in ms. Discord may keep calling a reset near. */
const MIN_RESET_WAIT_MS = 5000;

/**
 * Keeps one bot's limits in the limiter up to date. Of the replicas that share a limiter the leader asks Discord, and the
 * others read what it learned.
 */
export class BotRefresher {
  readonly #bot: BotSettings;
  readonly #options: RefresherOptions;
  readonly #retries: Retries;
  readonly #reset: Timer;
  /** `unknown` until the limiter has said who leads, and when it no longer says so to a leader. */
  #role: 'unknown' | 'leader' | 'follower' = 'unknown';
  #limits: Limits | undefined;
  /** What was wanted in place of Discord's max_concurrency when this replica last read it. */
  #wanted: WantedMaxConcurrency | undefined;
  /** Whether the limits that the limiter had when this replica began to ask are reconciled with what is wanted. */
  #isReconciled = false;
  #isFresh = false;
  #refreshing: Promise<void> | undefined;
  #stopped = false;

  constructor(bot: BotSettings, options: RefresherOptions) {
    this.#bot = bot;
    this.#options = options;
    const { clock, random } = options;
    this.#retries = new Retries(clock, random, () => void this.refreshOnSchedule());
    this.#reset = new Timer(clock, () => void this.refreshOnSchedule());
  }

  /**
   * Refreshes if this replica leads and no retry is due later. While the limiter does not say who leads, Discord is not
   * asked: the limiter would not keep the answer. Never rejects.
   */
  async refreshOnSchedule(): Promise<void> {
    if (this.#stopped || this.#retries.nextTryAt !== null) return;
    const leads = await this.#leads();
    if (leads) this.#role = 'leader';
    else if (this.#role === 'leader') this.#role = 'unknown';
    if (leads) await this.refresh();
  }

  /** Reads the token again, and refreshes now if this replica leads. Never rejects. */
  async refreshOnDemand(): Promise<void> {
    this.#options.token?.reread();
    if (await this.#leads()) await this.refresh();
  }

  /**
   * Reads from the limiter who leads and which limits are known. The leader asks Discord when it has just become the
   * leader, and when the limiter has lost the limits. A follower takes over what the limiter knows. While the limiter is
   * away, all stays as it is. Never rejects.
   */
  async sync(): Promise<void> {
    const { id } = this.#bot;
    const { limiter, log } = this.#options;
    const read = await Promise.all([limiter.leads(id), limiter.limits(id)]).catch(() => undefined);
    if (this.#stopped || this.#refreshing !== undefined) return;
    const wasLeader = this.#role === 'leader';
    if (read === undefined) {
      if (wasLeader) this.#role = 'unknown';
      return;
    }
    const [leads, limits] = read;
    this.#role = leads ? 'leader' : 'follower';
    if (limits !== undefined) this.#limits = limits;
    else this.#lose();
    if (!leads) {
      this.#follow();
      return;
    }
    if (!wasLeader) {
      log.leads();
      this.#retries.skipWait();
    }
    if (!wasLeader || limits === undefined) await this.refreshOnSchedule();
  }

  /**
   * Refreshes now, or joins the refresh under way. Does nothing while Discord must not be asked. Never rejects:
   * {@link status} says how it went.
   */
  async refresh(): Promise<void> {
    if (this.#stopped || this.#retries.isRateLimited) return;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  /**
   * Applies an override that an operator has put or lifted to the known limits, and begins a refresh.
   *
   * @throws LimiterFailedError (as a rejection) when the override cannot be applied
   */
  async applyOverride(): Promise<void> {
    if (this.#stopped) return;
    await this.#reconcile();
    // The operator does not wait for Discord. A refresh that is under way reads the override after Discord's answer.
    void this.refresh();
  }

  status(): BotStatus {
    const isFollower = this.#role === 'follower';
    return {
      bot: this.#bot.id,
      leads: this.#role === 'leader',
      source: this.#limits?.source ?? null,
      maxConcurrency: this.#limits?.maxConcurrency ?? null,
      discordMaxConcurrency: this.#limits?.discordMaxConcurrency ?? null,
      ignored: isFollower ? null : this.#ignored(),
      stale: !this.#isFresh,
      lastError: isFollower ? null : this.#retries.lastError,
      nextTryAt: isFollower ? null : this.#retries.nextTryAt,
    };
  }

  /** Ends all timers and aborts the question to Discord. After it resolves nothing is written to the limiter. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retries.stop();
    this.#reset.clear();
    this.#options.discord?.abort();
    await this.#refreshing;
  }

  /** Whether this replica leads; false while the limiter does not answer. */
  async #leads(): Promise<boolean> {
    return this.#options.limiter.leads(this.#bot.id).catch(() => false);
  }

  async #refresh(): Promise<void> {
    const { limiter, log, token } = this.#options;
    const { id } = this.#bot;
    if (this.#retries.isRejected) token?.reread();
    this.#retries.begin();
    try {
      if (!this.#isReconciled) await this.#reconcile();
      if (this.#stopped) return;
      const report = await this.#ask();
      const wanted = this.#wanted?.maxConcurrency;
      if (this.#stopped) return;
      this.#succeed(await limiter.setLimits(id, report).catch(asLimiterFailure));
      // An override that was put while the report was written, at any replica, counts.
      if ((await this.#readWanted())?.maxConcurrency !== wanted) await this.#reconcile();
    } catch (error) {
      if (this.#stopped) return;
      this.#isFresh = false;
      const failure = failureOf(error, id);
      log.failed(failure, this.#retries.failed(failure));
    }
  }

  /** Asks Discord, and once more when it rejects a token that has been replaced in its file. */
  async #ask(): Promise<LimitsReport> {
    const { clock, discord, token } = this.#options;
    const ask = () => askForLimits(discord, () => this.#readWanted(), clock);
    try {
      return await ask();
    } catch (error) {
      const isReplaced = failureOf(error, this.#bot.id).kind === 'rejected' && token?.reread();
      if (isReplaced !== true || this.#stopped) throw error;
      return ask();
    }
  }

  async #reconcile(): Promise<void> {
    const { discord, limiter, log } = this.#options;
    const wanted = await this.#readWanted();
    const limits = await reconcileLimits(this.#bot.id, wanted, discord !== undefined, limiter);
    this.#isReconciled = true;
    if (limits === undefined) return;
    this.#limits = limits;
    log.ignores(this.#ignored(), limits);
  }

  /** The max_concurrency that an operator has put, else that of the settings, if any. */
  async #readWanted(): Promise<WantedMaxConcurrency | undefined> {
    const { id, maxConcurrency } = this.#bot;
    const override = await this.#options.overrides.of(id).catch(asLimiterFailure);
    if (override !== undefined) {
      this.#wanted = { maxConcurrency: override.maxConcurrency, from: 'override' };
    } else {
      this.#wanted =
        maxConcurrency === undefined ? undefined : { maxConcurrency, from: 'settings' };
    }
    return this.#wanted;
  }

  #ignored(): WantedMaxConcurrency | null {
    return ignoredOf(this.#limits?.discordMaxConcurrency ?? null, this.#wanted);
  }

  #lose(): void {
    if (this.#limits !== undefined) this.#options.log.lost();
    this.#limits = undefined;
    this.#isFresh = false;
  }

  /** Leaves refreshes to the leader. */
  #follow(): void {
    this.#isReconciled = false;
    this.#reset.clear();
    this.#retries.forget();
    this.#isFresh = this.#limits !== undefined;
    if (this.#limits !== undefined) this.#options.log.succeeded(this.#limits);
  }

  #succeed(limits: Limits): void {
    this.#limits = limits;
    this.#isFresh = true;
    this.#retries.succeeded();
    this.#options.log.succeeded(limits);
    this.#options.log.ignores(this.#ignored(), limits);
    if (this.#stopped) return;
    // A full budget gains nothing from its reset, and Discord's reset_after of an idle bot is 0.
    if (limits.resetInMs === null || limits.remaining >= limits.total) this.#reset.clear();
    else this.#reset.set(Math.max(limits.resetInMs, MIN_RESET_WAIT_MS));
  }
}
