import { Module } from '@nestjs/common';
import { Shutdown } from './shutdown.ts';

/** How the service ends. */
@Module({
  providers: [Shutdown],
})
export class ShutdownModule {}
