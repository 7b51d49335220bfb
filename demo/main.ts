import { setTimeout as sleep } from 'node:timers/promises';

import { Demo } from './demo.ts';
import { readOptions, type Options } from './options.ts';

const MINUTE_MS = 60_000;

/** Runs the demo until its time is over, a signal stops it, or the service ends. */
async function play({ minutes, ...options }: Options): Promise<void> {
  let signals = 0;
  const signalled = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        signals += 1;
        resolve(undefined);
        // The second signal ends the demo at once. At the exit of this process, child processes are killed and files removed.
        if (signals > 1) process.exit(1);
      });
    }
  });
  const demo = await Demo.start(options).catch((error: unknown) => {
    // A child process that is starting may have got the signal too, and failed because of it.
    if (signals === 0) throw error;
    return undefined;
  });
  if (demo === undefined) return;
  console.log(`
gateway-queue runs, with two bots whose shards identify at a fake of Discord.

  Dashboard      ${demo.url}/dashboard/
  Log in with    ${demo.tokens.operator}
  to look only   ${demo.tokens.viewer}
  API            ${demo.url}/docs

It ends after ${minutes} min, or with Ctrl-C.
`);
  const timer = new AbortController();
  const inTime = sleep<undefined>(minutes * MINUTE_MS, undefined, { signal: timer.signal });
  inTime.catch(() => undefined);
  const output = await Promise.race([signalled, inTime, demo.ended()]);
  timer.abort();
  if (output !== undefined) {
    console.error(`The service ended:\n${output}`);
    process.exitCode = 1;
  }
  console.log('Ending ...');
  await demo.end();
}

try {
  await play(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
