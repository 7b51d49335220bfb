import { type DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.ts';
import { AuthModule } from './auth/auth.module.ts';
import { ConnectionsModule } from './connections/connections.module.ts';
import { DashboardModule } from './dashboard/dashboard.module.ts';
import { GatewayInfoModule } from './gateway-info/gateway-info.module.ts';
import { HealthModule } from './health/health.module.ts';
import { HoldsModule } from './holds/holds.module.ts';
import { HttpModule } from './http/http.module.ts';
import { LiveModule } from './live/live.module.ts';
import { LogsModule } from './logs/logs.module.ts';
import { QueueModule } from './queue/queue.module.ts';
import { ShutdownModule } from './shutdown/shutdown.module.ts';
import { StoreModule } from './store/store.module.ts';

/** The whole service. */
@Module({})
export class AppModule {
  /** @param settings the module that provides the settings */
  static with(settings: DynamicModule): DynamicModule {
    return {
      module: AppModule,
      imports: [
        settings,
        LogsModule,
        HttpModule,
        ConnectionsModule,
        StoreModule,
        AuthModule,
        GatewayInfoModule,
        QueueModule,
        HoldsModule,
        LiveModule,
        AdminModule,
        DashboardModule,
        HealthModule,
        ShutdownModule,
      ],
    };
  }
}
