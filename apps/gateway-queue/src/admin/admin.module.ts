import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { GatewayInfoModule } from '../gateway-info/gateway-info.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { AuditController } from './audit/audit.controller.ts';
import { BotsController } from './bots/bots.controller.ts';
import { BucketsController } from './bots/buckets.controller.ts';
import { SeenBots } from './bots/seen-bots.ts';
import { Changes } from './changes.ts';
import { KnownBotPipe } from './http/known-bot.pipe.ts';
import { Lists } from './lists/lists.ts';
import { LimitsController } from './limits/limits.controller.ts';
import { Overriding } from './limits/overriding.ts';
import { PausesController } from './pauses/pauses.controller.ts';
import { Pausing } from './pauses/pausing.ts';
import { BotPauseController, BucketPauseController } from './pauses/scoped-pause.controllers.ts';
import { RecentPermitsController } from './permits/recent-permits.controller.ts';
import { ReplicasController } from './replicas/replicas.controller.ts';
import { StateController } from './state.controller.ts';
import { Eviction } from './waiters/eviction.ts';
import { WaitersController } from './waiters/waiters.controller.ts';

/** The API for operators. */
@Module({
  imports: [AuthModule, LiveModule, GatewayInfoModule],
  controllers: [
    StateController,
    BotsController,
    LimitsController,
    BucketsController,
    WaitersController,
    RecentPermitsController,
    PausesController,
    BotPauseController,
    BucketPauseController,
    ReplicasController,
    AuditController,
  ],
  providers: [Changes, Eviction, KnownBotPipe, Lists, Overriding, Pausing, SeenBots],
})
export class AdminModule {}
