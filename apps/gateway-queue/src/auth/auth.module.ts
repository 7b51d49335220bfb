import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CLOCK, type Clock, LIMITER } from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { AccessTrail } from './access-trail.ts';
import { AccessGuard } from './access.guard.ts';
import { AdminTokens } from './admin-tokens.ts';
import { Authentication } from './authentication.ts';
import { FailedAttempts } from './failed-attempts.ts';
import { FIRST_START, firstStart } from './first-start.ts';
import type { FirstStartToken } from './first-start-token.ts';
import { Login } from './login.ts';
import { SessionController } from './session.controller.ts';

/** Decides who may do what. Every route of the application without `@Access` is denied. */
@Module({
  controllers: [SessionController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    AccessTrail,
    Authentication,
    Login,
    {
      provide: FIRST_START,
      // Injected after the limiter: the store makes DATA_DIR, and refuses it to a second process.
      inject: [Settings, LIMITER],
      useFactory: (settings: Settings) => firstStart(settings),
    },
    {
      provide: AdminTokens,
      inject: [Settings, FIRST_START],
      useFactory: ({ operatorTokens }: Settings, first: FirstStartToken | null) =>
        new AdminTokens(first ? [first] : operatorTokens),
    },
    {
      provide: FailedAttempts,
      inject: [CLOCK],
      useFactory: (clock: Clock) => new FailedAttempts(clock),
    },
  ],
})
export class AuthModule implements OnApplicationShutdown {
  constructor(@Inject(FIRST_START) private readonly first: FirstStartToken | null) {}

  onApplicationShutdown(): void {
    this.first?.forget();
  }
}
