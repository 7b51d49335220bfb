import { Global, Module } from '@nestjs/common';
import { OpenedStore } from '../limiter/opened-store.ts';
import { AUDIT_LOG, LIMITS_OVERRIDES, REPLICA_REPORTS, SESSIONS } from './records.tokens.ts';

/** Provides what is kept of operators and replicas, each record by itself. */
@Global()
@Module({
  providers: [
    {
      provide: AUDIT_LOG,
      inject: [OpenedStore],
      useFactory: ({ records }: OpenedStore) => records.audit,
    },
    {
      provide: SESSIONS,
      inject: [OpenedStore],
      useFactory: ({ records }: OpenedStore) => records.sessions,
    },
    {
      provide: REPLICA_REPORTS,
      inject: [OpenedStore],
      useFactory: ({ records }: OpenedStore) => records.reports,
    },
    {
      provide: LIMITS_OVERRIDES,
      inject: [OpenedStore],
      useFactory: ({ records }: OpenedStore) => records.overrides,
    },
  ],
  exports: [AUDIT_LOG, SESSIONS, REPLICA_REPORTS, LIMITS_OVERRIDES],
})
export class RecordsModule {}
