import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Settings } from '../settings/settings.ts';
import { Capacity } from './capacity.ts';
import { openFileLimit } from './open-files.ts';
import { ProblemFilter } from './problem.filter.ts';
import { queryPipe } from './query.pipe.ts';

/** What all routes have in common. */
@Global()
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: queryPipe },
    {
      provide: Capacity,
      inject: [Settings],
      useFactory: ({ maxWaiting }: Settings) => new Capacity(maxWaiting, openFileLimit()),
    },
  ],
  exports: [Capacity],
})
export class HttpModule {}
