import {
  type FactoryProvider,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import type { Store } from '@gateway-queue/operator-records';
import { Settings } from '../settings/settings.ts';
import { limiterRules } from './limiter-rules.ts';
import { newReplicaName } from './replica-name.ts';
import { openStore } from './stores.ts';
import { StoreAnswers } from './store-answers.ts';
import {
  AUDIT_LOG,
  CLOCK,
  LIMITER,
  LIMITS_OVERRIDES,
  REPLICA_NAME,
  REPLICA_REPORTS,
  SESSIONS,
  STORE_IS_SHARED,
} from './store.tokens.ts';
import { currentTimeline } from './timeline.ts';

/** Injects the {@link Store} as a whole. */
const STORE = Symbol('Store');

/** Opens the store, and provides its parts, the clock and the name of this replica to all other modules. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useFactory: () => systemClock(currentTimeline()) },
    { provide: REPLICA_NAME, useFactory: newReplicaName },
    {
      provide: STORE,
      inject: [Settings, CLOCK, REPLICA_NAME],
      useFactory: (settings: Settings, clock: Clock, replica: string) =>
        openStore(settings, {
          clock,
          replica,
          rules: limiterRules(settings),
          placeTtlMs: settings.placeTtlMs,
          maxPlaces: settings.maxWaiting,
        }),
    },
    StoreAnswers,
    partOfStore(STORE_IS_SHARED, ({ isShared }) => isShared),
    partOfStore(LIMITER, ({ limiter }) => limiter),
    partOfStore(AUDIT_LOG, ({ records }) => records.audit),
    partOfStore(SESSIONS, ({ records }) => records.sessions),
    partOfStore(REPLICA_REPORTS, ({ records }) => records.reports),
    partOfStore(LIMITS_OVERRIDES, ({ records }) => records.overrides),
  ],
  exports: [
    CLOCK,
    REPLICA_NAME,
    StoreAnswers,
    STORE_IS_SHARED,
    LIMITER,
    AUDIT_LOG,
    SESSIONS,
    REPLICA_REPORTS,
    LIMITS_OVERRIDES,
  ],
})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(STORE) private readonly store: Store) {}

  /** The last of all hooks: by then no other module uses the store any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}

function partOfStore(token: symbol, part: (store: Store) => unknown): FactoryProvider {
  return { provide: token, inject: [STORE], useFactory: part };
}
