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
} from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { BotRefresher } from './bot-refresher.ts';
import type { BotStatus } from './bot-status.ts';
import { DiscordClient } from './discord-client.ts';
import { Lookout } from './lookout.ts';
import { RefreshLog } from './refresh-log.ts';

/** Keeps the limits of all bots up to date: from the start, by cron, and when a budget resets. */
@Injectable()
export class GatewayInfoService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(GatewayInfoService.name);
  readonly #refreshers: ReadonlyMap<string, BotRefresher>;
  readonly #lookout: Lookout;
  #stopListening: () => void = () => undefined;

  constructor(
    private readonly settings: Settings,
    private readonly cronJobs: SchedulerRegistry,
    @Inject(CLOCK) clock: Clock,
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(LIMITS_OVERRIDES) overrides: LimitsOverrides,
  ) {
    this.#refreshers = new Map(
      settings.bots.map((bot) => [
        bot.id,
        new BotRefresher(bot, {
          clock,
          limiter,
          overrides,
          discord: bot.token && new DiscordClient(settings.discordApiUrl, bot.token, clock),
          log: new RefreshLog(bot.id, this.#logger, clock),
          random: Math.random,
        }),
      ]),
    );
    this.#lookout = new Lookout(clock, () => this.#forEach((refresher) => refresher.look()));
  }

  /** Asks in the background: the service starts without Discord too. */
  onApplicationBootstrap(): void {
    this.#stopListening = this.limiter.onChange((change) => {
      if ('refresh' in change) void this.#refreshers.get(change.bot)?.refreshIfLeading();
    });
    const job = CronJob.from({
      cronTime: this.settings.gatewayInfoCron,
      onTick: () => this.#refreshAll(),
      start: true,
    });
    this.cronJobs.addCronJob('gateway-info', job);
    // Where replicas share a limiter, the first look tells which of them is to ask.
    if (this.settings.redisUrl === undefined) this.#refreshAll();
    else this.#lookout.start();
  }

  /** The cron job is ended by its own module, and until then asks refreshers that have stopped. */
  async onModuleDestroy(): Promise<void> {
    this.#stopListening();
    await this.#forEach((refresher) => refresher.stop());
    await this.#lookout.stop();
  }

  /** Of each bot, in the order of the settings. */
  status(): BotStatus[] {
    return [...this.#refreshers.values()].map((refresher) => refresher.status());
  }

  /**
   * Has the replica that leads ask for one bot now, on somebody's word. How it goes is in its status; while Discord wants to
   * be left alone, nothing is asked.
   *
   * @throws whatever the limiter does (as a rejection) when the others cannot be told
   */
  async refresh(bot: string): Promise<void> {
    await this.limiter.wantRefresh(bot);
  }

  /**
   * An override of the bot's limits was put or lifted: brings what is known in line with it.
   *
   * @throws RangeError (as a rejection) when there is no such bot
   * @throws LimiterFailedError (as a rejection) when the limiter's store is away
   */
  async reconsider(bot: string): Promise<void> {
    await this.#refresherOf(bot).reconsider();
  }

  #refresherOf(bot: string): BotRefresher {
    const refresher = this.#refreshers.get(bot);
    if (refresher === undefined) throw new RangeError(`there is no bot ${bot}`);
    return refresher;
  }

  #refreshAll(): void {
    void this.#forEach((refresher) => refresher.refreshInTurn());
  }

  async #forEach(act: (refresher: BotRefresher) => Promise<void>): Promise<void> {
    await Promise.all(Array.from(this.#refreshers.values(), act));
  }
}
