import { type BeforeApplicationShutdown, Inject, Logger, Module } from '@nestjs/common';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../limiter/limiter.tokens.ts';
import { IdentifyController } from './identify.controller.ts';
import { reportOutage } from './limiter-outage.ts';
import { UnnamedShards } from './unnamed-shards.ts';

/** What shards call. */
@Module({
  controllers: [IdentifyController],
  providers: [
    UnnamedShards,
    {
      provide: IdentifyQueue,
      inject: [LIMITER, CLOCK],
      useFactory: (limiter: Limiter, clock: Clock) =>
        new IdentifyQueue({
          limiter,
          clock,
          onLimiterError: reportOutage(clock, new Logger(IdentifyQueue.name)),
        }),
    },
  ],
})
export class QueueModule implements BeforeApplicationShutdown {
  constructor(@Inject(IdentifyQueue) private readonly queue: IdentifyQueue) {}

  /** By now no request is held any more; their places are still being written. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
