import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { GatewayInfoService } from '../gateway-info/gateway-info.service.ts';

/** Whether the limits of at least one bot are known. It is `degraded` while the last refresh of a bot has failed. */
@Injectable()
export class LimitsIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly gatewayInfo: GatewayInfoService,
  ) {}

  check() {
    const limits = this.health.check('limits');
    const bots = this.gatewayInfo.status();
    if (bots.every(({ maxConcurrency }) => maxConcurrency === null)) {
      return limits.down({ message: 'The limits of no bot are known yet.', bots });
    }
    return bots.some(({ lastError }) => lastError !== null)
      ? limits.degraded({ bots })
      : limits.up({ bots });
  }
}
