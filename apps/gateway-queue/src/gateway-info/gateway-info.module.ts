import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { GatewayInfoService } from './gateway-info.service.ts';

/** Asks Discord what bots may do. */
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [GatewayInfoService],
  exports: [GatewayInfoService],
})
export class GatewayInfoModule {}
