import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { CancelTimer } from '@gateway-queue/identify-limiter';
import { IdentifyQueue, type HoldView } from '@gateway-queue/identify-queue';
import { Settings } from '../settings/settings.ts';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../store/store.tokens.ts';
import { Ticker } from '../time/ticker.ts';
import { BotHolds } from './bot-holds.ts';
import type { Hold } from './hold.ts';
import { HoldLog } from './hold-log.ts';
import type { Observation } from './observation.ts';

/** Observes each second what holds requests of this replica back for longer than their lines do, and logs it. */
@Injectable()
export class HoldWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #ticker: Ticker;
  readonly #log: HoldLog;
  readonly #bots: ReadonlyMap<string, BotHolds>;
  #holds: readonly Hold[] = [];

  constructor(
    @Inject(IdentifyQueue) private readonly queue: Pick<IdentifyQueue, 'holds'>,
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'view'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Settings) settings: Pick<Settings, 'bots' | 'crashLoopBelow' | 'placeTtlMs'>,
  ) {
    const { bots, crashLoopBelow, placeTtlMs } = settings;
    this.#bots = new Map(
      bots.map(({ id, reserve }) => [
        id,
        new BotHolds({ bot: id, reserve, crashLoopBelow, placeTtlMs }),
      ]),
    );
    this.#log = new HoldLog(clock, new Logger(HoldWatch.name));
    this.#ticker = new Ticker(clock, () => this.#tick());
  }

  /** What held at the last observation. There is one each second while the limiter's store answers. */
  get holds(): readonly Hold[] {
    return this.#holds;
  }

  /**
   * What holds now; what held at the last observation, when the limiter's store takes longer to say whether that is
   * over.
   *
   * @param withinMs how long the store may take
   */
  async current(withinMs: number): Promise<readonly Hold[]> {
    if (this.#holds.length > 0) await this.#observed(withinMs);
    return this.#holds;
  }

  onApplicationBootstrap(): void {
    this.#ticker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ticker.stop();
  }

  async #observed(withinMs: number): Promise<void> {
    let cancel: CancelTimer | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.clock.setTimer(withinMs, resolve);
    });
    await Promise.race([late, this.#ticker.now()]);
    cancel?.();
  }

  async #tick(): Promise<void> {
    const seen = new Map(this.queue.holds().map(({ bot, holds }) => [bot, holds]));
    const holds = await Promise.all(
      Array.from(this.#bots, ([bot, botHolds]) => this.#observe(bot, botHolds, seen.get(bot))),
    );
    this.#holds = holds.flat();
    this.#log.update(this.#holds);
  }

  /** Asks the limiter only about a bot that is held back, or was at the last observation. */
  async #observe(
    bot: string,
    holds: BotHolds,
    seen: readonly HoldView[] = [],
  ): Promise<readonly Hold[]> {
    if (seen.length === 0 && !holds.isHeld) return [];
    return holds.observe({
      seen,
      ...(await this.#read(bot)),
      wallNow: this.clock.wallNow(),
    });
  }

  async #read(bot: string): Promise<Pick<Observation, 'view' | 'limiterError'>> {
    try {
      return { view: await this.limiter.view(bot), limiterError: null };
    } catch (error) {
      const limiterError = error instanceof Error ? error.message : 'unknown reason';
      return { view: undefined, limiterError };
    }
  }
}
