import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Access } from '../auth/access.ts';
import { HoldsIndicator } from './holds.indicator.ts';
import { IntakeIndicator } from './intake.indicator.ts';
import { LimiterIndicator } from './limiter.indicator.ts';
import { LimitsIndicator } from './limits.indicator.ts';

/** The probes of an orchestrator. */
@ApiTags('health')
@Access('public')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly limiter: LimiterIndicator,
    private readonly limits: LimitsIndicator,
    private readonly intake: IntakeIndicator,
    private readonly holds: HoldsIndicator,
  ) {}

  @Get('live')
  @HealthCheck()
  @ApiOperation({
    summary: 'Is the process alive?',
    description:
      'Checks nothing outside the process: a restart would not help what is wrong elsewhere.',
  })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary: 'Should requests be sent here?',
    description:
      'Yes, when the limiter can be reached, the limits of a bot are known and the service is not draining. ' +
      'It is `degraded`, and still ready, while Discord does not answer for some bot, and while something holds ' +
      'requests back for longer than their lines do: a pause, the budget, throttling, unknown limits. `holds` names it.',
  })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.limiter.check(),
      () => this.limits.check(),
      () => this.intake.check(),
      () => this.holds.check(),
    ]);
  }
}
