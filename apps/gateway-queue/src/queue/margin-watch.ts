import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { LimiterView } from '@gateway-queue/identify-limiter';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { Ticker } from '../time/ticker.ts';
import { MarginLog } from './margin-log.ts';

/** Logs when the margin of a bot has grown, and when it is back. Of several replicas the bot's leader does. */
@Injectable()
export class MarginWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logs: readonly MarginLog[];
  readonly #ticker: Ticker;

  constructor(
    settings: Settings,
    @Inject(CLOCK) clock: Clock,
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'leads'> & Pick<LimiterView, 'view'>,
  ) {
    const logger = new Logger(MarginWatch.name);
    this.#logs = settings.bots.map(({ id }) => new MarginLog(id, logger));
    this.#ticker = new Ticker(clock, () => this.#look());
  }

  onApplicationBootstrap(): void {
    this.#ticker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ticker.stop();
  }

  /** A store that is away has log lines of its own. */
  async #look(): Promise<void> {
    await Promise.allSettled(
      this.#logs.map(async (log) => {
        if (!(await this.limiter.leads(log.bot))) return;
        log.see((await this.limiter.view(log.bot)).margin);
      }),
    );
  }
}
