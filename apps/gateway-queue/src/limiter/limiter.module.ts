import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import { Settings } from '../settings/settings.ts';
import { CLOCK, LIMITER, REPLICA_NAME } from './limiter.tokens.ts';
import { openLocalStore } from './open-local-store.ts';
import { openRedisStore } from './open-redis-store.ts';
import { OpenedStore } from './opened-store.ts';
import { newReplicaName } from './replica-name.ts';
import { currentTimeline } from './timeline.ts';

/** Provides the clock, the limiter and the name of this replica to everybody, and opens what they are kept in. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useFactory: () => systemClock(currentTimeline()) },
    { provide: REPLICA_NAME, useFactory: newReplicaName },
    {
      provide: OpenedStore,
      inject: [Settings, CLOCK, REPLICA_NAME],
      useFactory: (settings: Settings, clock: Clock, replica: string) =>
        settings.redisUrl === undefined
          ? openLocalStore(settings, clock, replica)
          : openRedisStore(settings, settings.redisUrl, clock, replica, new Logger('Redis')),
    },
    {
      provide: LIMITER,
      inject: [OpenedStore],
      useFactory: ({ limiter }: OpenedStore) => limiter,
    },
  ],
  exports: [CLOCK, LIMITER, REPLICA_NAME, OpenedStore],
})
export class LimiterModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedStore) private readonly opened: OpenedStore) {}

  /** The last of all hooks: by then nobody asks the limiter any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}
