import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, systemClock } from '@gateway-queue/identify-limiter';
import { LocalLimiter, LocalState } from '@gateway-queue/limiter-local';
import { Settings } from '../settings/settings.ts';
import { limiterRules } from './limiter-rules.ts';
import { CLOCK, LIMITER } from './limiter.tokens.ts';
import { currentTimeline } from './timeline.ts';

/** Provides the clock and the limiter to everybody. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useFactory: () => systemClock(currentTimeline()) },
    {
      provide: LocalState,
      inject: [Settings, CLOCK],
      useFactory: (settings: Settings, clock: Clock) =>
        LocalState.open({
          clock,
          dataDir: settings.dataDir,
          rules: limiterRules(settings),
          placeTtlMs: settings.placeTtlMs,
          maxPlaces: settings.maxWaiting,
        }),
    },
    {
      provide: LIMITER,
      inject: [LocalState],
      useFactory: (state: LocalState) => new LocalLimiter(state),
    },
  ],
  exports: [CLOCK, LIMITER],
})
export class LimiterModule implements OnApplicationShutdown {
  constructor(@Inject(LocalState) private readonly state: LocalState) {}

  /** The last of all hooks: by then nobody asks the limiter any more. */
  onApplicationShutdown(): void {
    this.state.close();
  }
}
