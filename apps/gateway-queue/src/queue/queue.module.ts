import { type BeforeApplicationShutdown, Inject, Logger, Module } from '@nestjs/common';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { CompatibleController } from './compatible.controller.ts';
import { Holding } from './holding.ts';
import { LimiterOutage } from './limiter-outage.ts';
import { MarginWatch } from './margin-watch.ts';
import { UnknownNames } from './unknown-names.ts';
import { UnnamedShards } from './unnamed-shards.ts';
import { IdentifyV1Controller } from './v1/identify-v1.controller.ts';
import { PermitsController } from './v1/permits.controller.ts';

/** The endpoints that shards call. */
@Module({
  controllers: [CompatibleController, IdentifyV1Controller, PermitsController],
  providers: [
    Holding,
    MarginWatch,
    UnnamedShards,
    UnknownNames,
    {
      provide: LimiterOutage,
      inject: [CLOCK],
      useFactory: (clock: Clock) => new LimiterOutage(clock, new Logger(IdentifyQueue.name)),
    },
    {
      provide: IdentifyQueue,
      inject: [LIMITER, CLOCK, Settings, LimiterOutage],
      useFactory: (limiter: Limiter, clock: Clock, settings: Settings, outage: LimiterOutage) =>
        new IdentifyQueue({
          limiter,
          clock,
          intervalMs: settings.identifyIntervalMs + settings.identifyMarginMs,
          onLimiterError: (error) => outage.failed(error),
        }),
    },
  ],
  exports: [IdentifyQueue],
})
export class QueueModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(IdentifyQueue) private readonly queue: IdentifyQueue,
    @Inject(LimiterOutage) private readonly outage: LimiterOutage,
  ) {}

  /** By now no request is held any more; the queue is still writing the places of the last ones. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
    this.outage.stop();
  }
}
