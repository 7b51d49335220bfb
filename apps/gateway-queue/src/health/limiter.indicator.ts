import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { CHECK_TIMEOUT_MS } from './check-timeout.ts';
import { LIMITER, type Limiter } from '../store/store.tokens.ts';

/** Whether the limiter's store can be reached. */
@Injectable()
export class LimiterIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    @Inject(LIMITER) private readonly limiter: Limiter,
  ) {}

  check() {
    return this.health
      .check('limiter')
      .attempt(() => this.limiter.check())
      .withTimeout(CHECK_TIMEOUT_MS);
  }
}
