import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { LIMITER, type Limiter } from '../store/store.tokens.ts';

/** Probes give up after a second or more. An answer before that can say what is wrong. */
const CHECK_TIMEOUT_MS = 900;

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
