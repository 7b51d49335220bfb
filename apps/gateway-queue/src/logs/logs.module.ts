import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Settings } from '../settings/settings.ts';
import { loggedError } from './logged-error.ts';
import { loggerOptions, loggerStream } from './logger-options.ts';

/** Provides nestjs-pino's `Logger` for the application. All other code uses Nest's, which writes to it. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Settings],
      useFactory: (settings: Settings) => ({
        pinoHttp: [
          { ...loggerOptions(settings), serializers: { err: loggedError } },
          loggerStream(settings),
        ],
        // No middleware: its logger, context and listeners would add to the memory of every held request.
        forRoutes: [],
      }),
    }),
  ],
})
export class LogsModule {}
