import type { LoggerService } from '@nestjs/common';
import type { MarginView } from '@gateway-queue/identify-limiter';

/** Logs when one bot's margin has grown above what is set, each further growth, and when it is back. */
export class MarginLog {
  #grownTo: number | undefined;

  constructor(
    readonly bot: string,
    private readonly logger: Required<Pick<LoggerService, 'log' | 'warn'>>,
  ) {}

  /** @param margin as it is now */
  see({ ms, refusals, setMs }: MarginView): void {
    const before = this.#grownTo;
    this.#grownTo = ms > setMs ? ms : undefined;
    if (this.#grownTo === undefined) {
      if (before !== undefined) {
        this.logger.log(`The margin of bot ${this.bot} is back at ${setMs} ms`);
      }
    } else if (before === undefined) {
      this.logger.warn(
        `Discord seems to refuse shards of bot ${this.bot}: ${refusals} asked again soon after their permits within the last hour. ` +
          `Its margin has grown from ${setMs} to ${ms} ms, so permits come later. When that lasts, raise IDENTIFY_MARGIN_MS`,
      );
    } else if (ms > before) {
      this.logger.log(`The margin of bot ${this.bot} has grown on, to ${ms} ms`);
    }
  }
}
