import { type BeforeApplicationShutdown, Inject, Logger, Module } from '@nestjs/common';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../limiter/limiter.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { CompatibleController } from './compatible.controller.ts';
import { Holding } from './holding.ts';
import { reportOutage } from './limiter-outage.ts';
import { UnnamedShards } from './unnamed-shards.ts';
import { IdentifyV1Controller } from './v1/identify-v1.controller.ts';
import { PermitsController } from './v1/permits.controller.ts';

/** What shards call. */
@Module({
  controllers: [CompatibleController, IdentifyV1Controller, PermitsController],
  providers: [
    Holding,
    UnnamedShards,
    {
      provide: IdentifyQueue,
      inject: [LIMITER, CLOCK, Settings],
      useFactory: (limiter: Limiter, clock: Clock, settings: Settings) =>
        new IdentifyQueue({
          limiter,
          clock,
          intervalMs: settings.identifyIntervalMs + settings.identifyMarginMs,
          onLimiterError: reportOutage(clock, new Logger(IdentifyQueue.name)),
        }),
    },
  ],
  exports: [IdentifyQueue],
})
export class QueueModule implements BeforeApplicationShutdown {
  constructor(@Inject(IdentifyQueue) private readonly queue: IdentifyQueue) {}

  /** By now no request is held any more; their places are still being written. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
