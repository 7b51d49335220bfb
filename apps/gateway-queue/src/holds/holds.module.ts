import { Module } from '@nestjs/common';
import { QueueModule } from '../queue/queue.module.ts';
import { HoldWatch } from './hold-watch.ts';

/** What holds requests back for longer than their lines do. */
@Module({
  imports: [QueueModule],
  providers: [HoldWatch],
  exports: [HoldWatch],
})
export class HoldsModule {}
