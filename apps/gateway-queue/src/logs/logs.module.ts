import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Settings } from '../settings/settings.ts';
import { loggedError } from './logged-error.ts';
import { loggerOptions, loggerStream } from './logger-options.ts';

/** Provides nestjs-pino's `Logger`, which the application is told to use; everybody else uses Nest's. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => ({
        pinoHttp: [
          { ...loggerOptions(settings), serializers: { err: loggedError } },
          loggerStream(settings),
        ],
        // No middleware: with its logger, its context and its listeners every held request would weigh more.
        forRoutes: [],
      }),
    }),
  ],
})
export class LogsModule {}
