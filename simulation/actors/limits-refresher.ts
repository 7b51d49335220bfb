import type { LimiterControl, LimitsReport } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import type { SimulatedProcess } from '../process.ts';
import type { Random } from '../random.ts';
import type { Server } from '../store/server.ts';
import type { DiscordBot } from './discord.ts';

/** How often the store is asked whether it knows the limits, which it has to be told if not. */
const LOOK_EVERY_MS = 1000;

export interface GatewayOptions {
  readonly refreshEveryMs: number;
  /** How long an answer of Discord takes at most. */
  readonly latestMs: number;
}

/** Asks Discord for one bot's limits and reports them, as the leading replica does. */
export class Gateway {
  #isCalm = false;
  #reportedAt = -Infinity;

  constructor(
    private readonly discord: DiscordBot,
    private readonly options: GatewayOptions,
    private readonly around: {
      readonly process: SimulatedProcess;
      readonly server: Server;
      readonly limiter: LimiterControl;
      readonly history: History;
      readonly random: Random;
    },
  ) {
    void this.#run();
  }

  /** From now on answers come in time. */
  calm(): void {
    this.#isCalm = true;
  }

  async #run(): Promise<void> {
    const { history } = this.around;
    for (;;) {
      const isDue = history.now - this.#reportedAt >= this.options.refreshEveryMs;
      if (isDue || !(await this.#isKnown())) await this.#refresh();
      await this.#sleep(LOOK_EVERY_MS);
    }
  }

  async #isKnown(): Promise<boolean> {
    const limits = await this.#ask(() => this.around.limiter.limits(this.discord.name));
    return limits === null || limits !== undefined;
  }

  async #refresh(): Promise<void> {
    const { history, limiter, random } = this.around;
    const askedAt = history.now;
    const isLate = !this.#isCalm && random.chance(0.3);
    const latestMs = isLate ? this.options.latestMs : 100;
    if (isLate) history.trouble('late report', 0, this.discord.name);
    await this.#sleep(random.between(5, latestMs));
    const { maxConcurrency, remaining, resetInMs, total } = this.discord.info();
    await this.#sleep(random.between(5, latestMs));
    const report = (): LimitsReport => ({
      maxConcurrency,
      total,
      source: 'discord',
      budget: { remaining, resetInMs, askedMsAgo: history.now - askedAt },
    });
    const given = report();
    const bot = this.discord.name;
    const limits = await this.#ask(async () => {
      const before = await limiter.limits(bot);
      const after = await limiter.setLimits(bot, given);
      if (before?.version !== after.version) history.trouble('limits changed', 0, bot);
      history.add({ kind: 'reported', bot, report: given, limits: after });
      return after;
    });
    if (limits !== null) this.#reportedAt = history.now;
  }

  /** Resolves to null when the store did not answer. */
  async #ask<T>(effect: () => Promise<T>): Promise<T | null> {
    const { process, server } = this.around;
    return server.ask(process, 'gateway', effect).catch(() => null);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.around.process.setTimer(ms, resolve);
    });
  }
}
