import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import {
  CLOCK,
  type Clock,
  LIMITER,
  type Limiter,
  LIMITS_OVERRIDES,
  type LimitsOverrides,
  STORE_IS_SHARED,
} from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { Ticker } from '../time/ticker.ts';
import { BotRefresher } from './bot-refresher.ts';
import type { BotStatus } from './bot-status.ts';
import { CurrentToken } from './current-token.ts';
import { DiscordClient } from './discord-client.ts';
import { RefreshLog } from './refresh-log.ts';

/** Keeps the limits of all bots up to date: at the start, by cron, when a budget resets, and when an operator asks. */
@Injectable()
export class GatewayInfoService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(GatewayInfoService.name);
  readonly #refreshers: ReadonlyMap<string, BotRefresher>;
  /** Follows what other replicas do. Not started for a process that stands alone. */
  readonly #ticker: Ticker;
  #stopListening: () => void = () => undefined;

  constructor(
    private readonly settings: Settings,
    private readonly cronJobs: SchedulerRegistry,
    @Inject(CLOCK) clock: Clock,
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(LIMITS_OVERRIDES) overrides: LimitsOverrides,
    @Inject(STORE_IS_SHARED) private readonly isShared: boolean,
  ) {
    this.#refreshers = new Map(
      settings.bots.map((bot) => {
        const token = bot.token && new CurrentToken(bot.token, bot, this.#logger);
        const refresher = new BotRefresher(bot, {
          clock,
          limiter,
          overrides,
          token,
          discord: token && new DiscordClient(settings.discordApiUrl, token, clock),
          log: new RefreshLog(bot.id, this.#logger, clock),
          random: Math.random,
        });
        return [bot.id, refresher];
      }),
    );
    this.#ticker = new Ticker(clock, () => this.#forEach((refresher) => refresher.sync()));
  }

  /** Begins to ask Discord. The start of the service does not wait for the answer. */
  onApplicationBootstrap(): void {
    this.#stopListening = this.limiter.onChange((change) => {
      if ('refresh' in change) void this.#refreshers.get(change.bot)?.refreshOnDemand();
    });
    const job = CronJob.from({
      cronTime: this.settings.gatewayInfoCron,
      onTick: () => this.#refreshAll(),
      start: true,
    });
    this.cronJobs.addCronJob('gateway-info', job);
    // Where replicas share a limiter, the first tick finds out whether this one leads.
    if (this.isShared) this.#ticker.start();
    else this.#refreshAll();
  }

  /** The schedule module ends the cron job later. Until then the job calls refreshers that are stopped. */
  async onModuleDestroy(): Promise<void> {
    this.#stopListening();
    await this.#forEach((refresher) => refresher.stop());
    await this.#ticker.stop();
  }

  /** One status for each bot, in the order of the settings. */
  status(): BotStatus[] {
    return [...this.#refreshers.values()].map((refresher) => refresher.status());
  }

  /**
   * Tells the leader to refresh one bot's limits now. Its status says how that goes. Discord is not asked while it has
   * said that it must not be.
   *
   * @throws the limiter's error (as a rejection) when the replicas cannot be told
   */
  async refresh(bot: string): Promise<void> {
    await this.limiter.wantRefresh(bot);
  }

  /**
   * Applies an override that was put or lifted to the known limits, and tells the replica that asks Discord.
   *
   * @throws RangeError (as a rejection) when there is no such bot
   * @throws LimiterFailedError (as a rejection) when the limiter's store is away
   */
  async applyOverride(bot: string): Promise<void> {
    const refresher = this.#refresherOf(bot);
    await refresher.applyOverride();
    // A hint, for the leader to show at once what holds. It refreshes on schedule anyway.
    if (!refresher.status().leads) await this.limiter.wantRefresh(bot).catch(() => undefined);
  }

  #refresherOf(bot: string): BotRefresher {
    const refresher = this.#refreshers.get(bot);
    if (refresher === undefined) throw new RangeError(`there is no bot ${bot}`);
    return refresher;
  }

  #refreshAll(): void {
    void this.#forEach((refresher) => refresher.refreshOnSchedule());
  }

  async #forEach(act: (refresher: BotRefresher) => Promise<void>): Promise<void> {
    await Promise.all(Array.from(this.#refreshers.values(), act));
  }
}
