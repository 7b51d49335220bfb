import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { GatewayInfoService } from './gateway-info.service.ts';

/** Asks Discord for the limits of the bots. */
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [GatewayInfoService],
  exports: [GatewayInfoService],
})
export class GatewayInfoModule {}
