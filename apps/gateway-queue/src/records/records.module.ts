import { Global, Module } from '@nestjs/common';
import { AUDIT_LOG, SESSIONS } from '../auth/auth.tokens.ts';
import { CLOCK, type Clock } from '../limiter/limiter.tokens.ts';
import { standInRecords } from './stand-in.ts';

const RECORDS = Symbol('OperatorRecords');

type Records = ReturnType<typeof standInRecords>;

/** Provides what is kept of operators. */
@Global()
@Module({
  providers: [
    { provide: RECORDS, inject: [CLOCK], useFactory: (clock: Clock) => standInRecords(clock) },
    { provide: AUDIT_LOG, inject: [RECORDS], useFactory: ({ audit }: Records) => audit },
    { provide: SESSIONS, inject: [RECORDS], useFactory: ({ sessions }: Records) => sessions },
  ],
  exports: [AUDIT_LOG, SESSIONS],
})
export class RecordsModule {}
