import type { INestApplication } from '@nestjs/common';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import { Shutdown } from './shutdown.ts';

/** The exit code of a process that a signal ended: 128 plus the signal's number (POSIX, 2.8.2). */
const ENDED_BY = { SIGTERM: 143, SIGINT: 130 } as const;

/** Signals within this many ms count as one. */
const TOGETHER_MS = 250;

/**
 * Shuts the application down on the first SIGTERM or SIGINT. The process then ends with exit code 0, or with 1 when the
 * shutdown failed or took longer than `SHUTDOWN_TIMEOUT_MS`. A second signal ends the process at once, unless it comes
 * together with the first: the terminal signals all processes, and npm passes its signal on as well. To be called before
 * anything else: nothing else would end the first process of a container.
 *
 * @param running returns the application once it has started; until then a signal ends the process
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
