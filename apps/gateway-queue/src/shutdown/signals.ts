import type { INestApplication } from '@nestjs/common';
import { CLOCK, type Clock } from '../limiter/limiter.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { Shutdown } from './shutdown.ts';

/** What a shell reports for a process that a signal ended: 128 and the signal's number (POSIX, 2.8.2). */
const ENDED_BY = { SIGTERM: 143, SIGINT: 130 } as const;

/**
 * The first SIGTERM or SIGINT shuts the application down, and the process ends with exit code 0, or with
 * 1 when that took longer than `SHUTDOWN_TIMEOUT_MS` or failed. A second signal ends it at once.
 */
export function shutDownOnSignals(app: INestApplication): void {
  let shuttingDown = false;
  const onSignal = (signal: keyof typeof ENDED_BY): void => {
    if (shuttingDown) process.exit(ENDED_BY[signal]);
    shuttingDown = true;
    const { shutdownTimeoutMs } = app.get(Settings);
    app.get<Clock>(CLOCK).setTimer(shutdownTimeoutMs, () => {
      console.error(`The shutdown took longer than SHUTDOWN_TIMEOUT_MS (${shutdownTimeoutMs})`);
      process.exit(1);
    });
    app
      .get(Shutdown)
      .run(() => app.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('The shutdown failed', error);
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
