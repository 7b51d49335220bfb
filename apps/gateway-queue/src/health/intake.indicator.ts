import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { Draining } from '../connections/draining.ts';

/** Whether new requests are taken. */
@Injectable()
export class IntakeIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly draining: Draining,
  ) {}

  check() {
    const intake = this.health.check('intake');
    return this.draining.isDraining ? intake.down('The service is draining.') : intake.up();
  }
}
