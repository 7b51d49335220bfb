import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { GatewayInfoModule } from '../gateway-info/gateway-info.module.ts';
import { HoldsModule } from '../holds/holds.module.ts';
import { HealthController } from './health.controller.ts';
import { HoldsIndicator } from './holds.indicator.ts';
import { IntakeIndicator } from './intake.indicator.ts';
import { LimiterIndicator } from './limiter.indicator.ts';
import { LimitsIndicator } from './limits.indicator.ts';

/** Probes. */
@Module({
  imports: [
    // What fails is logged where it fails. A line for each failing probe would hide those.
    TerminusModule.forRoot({ logger: false }),
    GatewayInfoModule,
    HoldsModule,
  ],
  controllers: [HealthController],
  providers: [HoldsIndicator, IntakeIndicator, LimiterIndicator, LimitsIndicator],
})
export class HealthModule {}
