import { Module } from '@nestjs/common';
import { GatewayInfoModule } from '../gateway-info/gateway-info.module.ts';
import { HoldsModule } from '../holds/holds.module.ts';
import { QueueModule } from '../queue/queue.module.ts';
import { EventStreams } from './events/event-streams.ts';
import { EventsController } from './events/events.controller.ts';
import { LiveState } from './live-state.ts';
import { EventLoopDelay } from './report/event-loop-delay.ts';
import { OwnReport } from './report/own-report.ts';
import { ReplicaReporter } from './report/replica-reporter.ts';
import { SnapshotMaker } from './snapshot-maker.ts';

/** The live state of all replicas, and its changes as events. */
@Module({
  imports: [GatewayInfoModule, HoldsModule, QueueModule],
  controllers: [EventsController],
  providers: [EventLoopDelay, OwnReport, ReplicaReporter, SnapshotMaker, LiveState, EventStreams],
  exports: [LiveState, EventStreams],
})
export class LiveModule {}
