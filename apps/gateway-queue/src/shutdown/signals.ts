import type { INestApplication } from '@nestjs/common';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { Shutdown } from './shutdown.ts';

/** What a shell reports for a process that a signal ended: 128 and the signal's number (POSIX, 2.8.2). */
const ENDED_BY = { SIGTERM: 143, SIGINT: 130 } as const;

/** Signals within so many ms are one. */
const TOGETHER_MS = 250;

/**
 * The first SIGTERM or SIGINT shuts the application down, and the process ends with exit code 0, or with
 * 1 when that took longer than `SHUTDOWN_TIMEOUT_MS` or failed. A second signal ends it at once, unless it
 * comes with the first: npm passes on what the terminal has sent to everybody already. To be called first of
 * all: as the first process of a container, nothing else would end it.
 *
 * @param running the application, once it has started; before, there is nothing to shut down
 */
export function shutDownOnSignals(running: () => INestApplication | undefined): void {
  let begunAt: number | undefined;
  const onSignal = (signal: keyof typeof ENDED_BY): void => {
    const app = running();
    if (app === undefined) process.exit(0);
    const clock = app.get<Clock>(CLOCK);
    if (begunAt !== undefined) {
      if (clock.now() - begunAt > TOGETHER_MS) process.exit(ENDED_BY[signal]);
      return;
    }
    begunAt = clock.now();
    shutDown(app).then(
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

async function shutDown(app: INestApplication): Promise<void> {
  const { shutdownTimeoutMs } = app.get(Settings);
  app.get<Clock>(CLOCK).setTimer(shutdownTimeoutMs, () => {
    console.error(`The shutdown took longer than SHUTDOWN_TIMEOUT_MS (${shutdownTimeoutMs})`);
    process.exit(1);
  });
  await app.get(Shutdown).run(() => app.close());
}
