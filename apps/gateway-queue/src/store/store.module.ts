import {
  type FactoryProvider,
  Global,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import { Settings } from '../settings/settings.ts';
import { openRedisStore } from './open-redis-store.ts';
import { openLocalStore } from './open-sqlite-store.ts';
import { OpenedStore } from './opened-store.ts';
import { newReplicaName } from './replica-name.ts';
import {
  AUDIT_LOG,
  CLOCK,
  LIMITER,
  LIMITS_OVERRIDES,
  REPLICA_NAME,
  REPLICA_REPORTS,
  SESSIONS,
} from './store.tokens.ts';
import { currentTimeline } from './timeline.ts';

/** Opens the store, and provides its parts, the clock and the name of this replica to all other modules. */
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
    partOfStore(LIMITER, ({ limiter }) => limiter),
    partOfStore(AUDIT_LOG, ({ records }) => records.audit),
    partOfStore(SESSIONS, ({ records }) => records.sessions),
    partOfStore(REPLICA_REPORTS, ({ records }) => records.reports),
    partOfStore(LIMITS_OVERRIDES, ({ records }) => records.overrides),
  ],
  exports: [CLOCK, REPLICA_NAME, LIMITER, AUDIT_LOG, SESSIONS, REPLICA_REPORTS, LIMITS_OVERRIDES],
})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedStore) private readonly opened: OpenedStore) {}

  /** The last of all hooks: by then no other module uses the store any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}

function partOfStore(token: symbol, useFactory: (store: OpenedStore) => unknown): FactoryProvider {
  return { provide: token, inject: [OpenedStore], useFactory };
}
