import type { LimiterControl, LimitsReport } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import type { SimulatedProcess } from '../process.ts';
import type { Random } from '../random.ts';
import type { Server } from '../store/server.ts';
import type { DiscordBot } from './discord.ts';

/** How often the refresher asks the store whether it knows the limits. If it does not, the refresher reports them at once. */
const CHECK_EVERY_MS = 1000;

export interface RefreshOptions {
  readonly refreshEveryMs: number;
  /** How long an answer of Discord takes at most. */
  readonly maxDelayMs: number;
}

/** Asks Discord for one bot's limits and reports them, as the leading replica does. */
export class LimitsRefresher {
  #isPunctual = false;
  #reportedAt = -Infinity;

  constructor(
    private readonly discord: DiscordBot,
    private readonly options: RefreshOptions,
    private readonly environment: {
      readonly process: SimulatedProcess;
      readonly server: Server;
      readonly limiter: LimiterControl;
      readonly history: History;
      readonly random: Random;
    },
  ) {
    void this.#run();
  }

  /** From now on Discord answers in time. */
  stopDelays(): void {
    this.#isPunctual = true;
  }

  async #run(): Promise<void> {
    const { history } = this.environment;
    for (;;) {
      const isDue = history.now - this.#reportedAt >= this.options.refreshEveryMs;
      if (isDue || !(await this.#isKnown())) await this.#refresh();
      await this.#sleep(CHECK_EVERY_MS);
    }
  }

  async #isKnown(): Promise<boolean> {
    const limits = await this.#ask(() => this.environment.limiter.limits(this.discord.name));
    return limits === null || limits !== undefined;
  }

  async #refresh(): Promise<void> {
    const { history, limiter, random } = this.environment;
    const askedAt = history.now;
    const isLate = !this.#isPunctual && random.happens(0.3);
    const maxDelayMs = isLate ? this.options.maxDelayMs : 100;
    if (isLate) history.addFault('limits report late', 0, this.discord.name);
    await this.#sleep(random.between(5, maxDelayMs));
    const { maxConcurrency, remaining, resetInMs, total } = this.discord.info();
    await this.#sleep(random.between(5, maxDelayMs));
    const report = (): LimitsReport => ({
      maxConcurrency,
      total,
      source: 'discord',
      budget: { remaining, resetInMs, askedMsAgo: history.now - askedAt },
    });
    const reported = report();
    const bot = this.discord.name;
    const limits = await this.#ask(async () => {
      const before = await limiter.limits(bot);
      const after = await limiter.setLimits(bot, reported);
      if (before?.version !== after.version) history.addFault('limits changed', 0, bot);
      history.add({ kind: 'reported', bot, report: reported, limits: after });
      return after;
    });
    if (limits !== null) this.#reportedAt = history.now;
  }

  /** Resolves to null when the store does not answer. */
  async #ask<T>(effect: () => Promise<T>): Promise<T | null> {
    const { process, server } = this.environment;
    return server.ask(process, 'refresher', effect).catch(() => null);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.environment.process.setTimer(ms, resolve);
    });
  }
}
