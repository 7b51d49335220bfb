import { Module } from '@nestjs/common';
import { GatewayInfoModule } from '../gateway-info/gateway-info.module.ts';
import { QueueModule } from '../queue/queue.module.ts';
import { HoldWatch } from './hold-watch.ts';

/** What holds requests back for longer than their lines do. */
@Module({
  imports: [GatewayInfoModule, QueueModule],
  providers: [HoldWatch],
  exports: [HoldWatch],
})
export class HoldsModule {}
