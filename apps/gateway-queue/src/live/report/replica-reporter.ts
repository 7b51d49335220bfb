import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import {
  CLOCK,
  type Clock,
  REPLICA_NAME,
  REPLICA_REPORTS,
  type ReplicaReports,
} from '../../store/store.tokens.ts';
import { Ticker } from '../../time/ticker.ts';
import { OwnReport } from './own-report.ts';

/** A replica that has not reported for so long, in ms, is gone. Some reports may be late or fail. */
const TTL_MS = 5000;

/** Stores a report of this replica each second, for all replicas to read. */
@Injectable()
export class ReplicaReporter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ReplicaReporter.name);
  readonly #ticker: Ticker;
  #failing = false;

  constructor(
    @Inject(REPLICA_REPORTS) private readonly reports: ReplicaReports,
    @Inject(REPLICA_NAME) private readonly replica: string,
    @Inject(OwnReport) private readonly own: Pick<OwnReport, 'make'>,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#ticker = new Ticker(clock, () => this.#publish());
  }

  onApplicationBootstrap(): void {
    this.#ticker.start();
  }

  /** A replica that ends in good order is not listed for another five seconds. */
  async onModuleDestroy(): Promise<void> {
    await this.#ticker.stop();
    await this.reports.withdraw(this.replica).catch(() => undefined);
  }

  async #publish(): Promise<void> {
    try {
      await this.reports.report(this.replica, await this.own.make(), TTL_MS);
      if (this.#failing) this.logger.log('Operators see this replica again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        this.logger.warn(error, 'Operators do not see this replica: its reports cannot be stored');
      }
      this.#failing = true;
    }
  }
}
