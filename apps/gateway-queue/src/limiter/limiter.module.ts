import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import { Settings } from '../settings/settings.ts';
import { CLOCK, LIMITER } from './limiter.tokens.ts';
import { openLocalLimiter } from './open-local-limiter.ts';
import { openRedisLimiter } from './open-redis-limiter.ts';
import { OpenedLimiter } from './opened-limiter.ts';
import { currentTimeline } from './timeline.ts';

/** Provides the clock and the limiter to everybody. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useFactory: () => systemClock(currentTimeline()) },
    {
      provide: OpenedLimiter,
      inject: [Settings, CLOCK],
      useFactory: (settings: Settings, clock: Clock) =>
        settings.redisUrl === undefined
          ? openLocalLimiter(settings, clock)
          : openRedisLimiter(settings, settings.redisUrl, clock, new Logger('Redis')),
    },
    {
      provide: LIMITER,
      inject: [OpenedLimiter],
      useFactory: ({ limiter }: OpenedLimiter) => limiter,
    },
  ],
  exports: [CLOCK, LIMITER],
})
export class LimiterModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedLimiter) private readonly opened: OpenedLimiter) {}

  /** The last of all hooks: by then nobody asks the limiter any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}
