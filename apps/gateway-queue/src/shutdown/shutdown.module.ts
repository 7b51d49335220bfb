import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.ts';
import { QueueModule } from '../queue/queue.module.ts';
import { Shutdown } from './shutdown.ts';

/** How the service ends. */
@Module({
  imports: [HealthModule, QueueModule],
  providers: [Shutdown],
})
export class ShutdownModule {}
