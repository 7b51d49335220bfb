import { Global, Module } from '@nestjs/common';
import { Settings } from '../settings/settings.ts';
import { Capacity } from './capacity.ts';
import { Draining } from './draining.ts';
import { HeldRequests } from './held-requests.ts';
import { openFileLimit } from './open-files.ts';

/** Provides how many connections there may be, the requests that are held on them, and whether the service drains. */
@Global()
@Module({
  providers: [
    Draining,
    {
      provide: Capacity,
      inject: [Settings],
      useFactory: ({ maxWaiting }: Settings) => new Capacity(maxWaiting, openFileLimit()),
    },
    {
      provide: HeldRequests,
      inject: [Capacity],
      useFactory: ({ held }: Capacity) => new HeldRequests(held),
    },
  ],
  exports: [Draining, Capacity, HeldRequests],
})
export class ConnectionsModule {}
