import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import { Settings } from '../settings/settings.ts';
import { CLOCK, LIMITER, REPLICA_NAME } from './limiter.tokens.ts';
import { openLocalLimiter } from './open-local-limiter.ts';
import { openRedisLimiter } from './open-redis-limiter.ts';
import { OpenedLimiter } from './opened-limiter.ts';
import { newReplicaName } from './replica-name.ts';
import { currentTimeline } from './timeline.ts';

/** Provides the clock, the limiter and the name of this replica to everybody. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useFactory: () => systemClock(currentTimeline()) },
    { provide: REPLICA_NAME, useFactory: newReplicaName },
    {
      provide: OpenedLimiter,
      inject: [Settings, CLOCK, REPLICA_NAME],
      useFactory: (settings: Settings, clock: Clock, replica: string) =>
        settings.redisUrl === undefined
          ? openLocalLimiter(settings, clock, replica)
          : openRedisLimiter(settings, settings.redisUrl, clock, replica, new Logger('Redis')),
    },
    {
      provide: LIMITER,
      inject: [OpenedLimiter],
      useFactory: ({ limiter }: OpenedLimiter) => limiter,
    },
  ],
  exports: [CLOCK, LIMITER, REPLICA_NAME],
})
export class LimiterModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedLimiter) private readonly opened: OpenedLimiter) {}

  /** The last of all hooks: by then nobody asks the limiter any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}
