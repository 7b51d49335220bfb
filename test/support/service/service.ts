import { setTimeout as sleep } from 'node:timers/promises';

import type { Exit } from '../children.ts';
import { makeFolder, removeFolder } from '../folders.ts';
import type { LogLine } from './json-lines.ts';
import { type ProcessOptions, type ServiceProcess, spawnService } from './service-process.ts';

/** Between two reads of the log or the probe, ms. */
const POLL_MS = 20;

/** Several times what a start takes on a busy machine, ms. */
const START_MS = 60_000;

/** What the service logs, at `info`, once it listens. */
const LISTENING = /^Listening on http:\/\/127\.0\.0\.1:(\d+)$/;

export interface ServiceOptions extends Omit<ProcessOptions, 'cwd'> {
  /** Which probe has to answer 200 before the service counts as started; `ready` unless given. */
  readonly probe?: 'ready' | 'live';
  /** How long that may take, ms; a minute unless given. */
  readonly timeoutMs?: number;
}

/** The built service, running in a process of its own. */
export interface Service {
  /** Without a slash at its end. */
  readonly url: string;
  readonly pid: number;
  /** Where it keeps its state. Made for it, and removed at its end, unless the caller named one. */
  readonly dataDir: string;
  /** What it logged so far: those lines that are JSON. */
  readonly logs: readonly LogLine[];
  /** All that it wrote so far, both streams, for a failure's message. */
  output(): string;
  /** Sends the signal, SIGTERM unless given, and resolves with the exit code; null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Sends a signal that does not end it, such as SIGSTOP; does nothing once it has ended. */
  signal(signal: NodeJS.Signals): void;
  /** As a crash would. Resolves when it has gone. */
  kill(): Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
}

/**
 * Starts the built service on 127.0.0.1. The system chooses the port unless `PORT` is given; then the service must log
 * at `info`, where the port is read. The service sees the settings that are given here and nothing else of this
 * process's environment, nor a .env file. Rejects, with all that the service wrote, when it ends or is not ready in
 * time; then it has been killed.
 */
export async function startService(
  settings: Readonly<Record<string, string>> = {},
  options: ServiceOptions = {},
): Promise<Service> {
  // Away from the repository, whose .env a developer may have filled.
  const home = makeFolder('gateway-queue-');
  const dataDir = settings['DATA_DIR'] ?? home;
  const running = spawnService({ ...settings, DATA_DIR: dataDir }, { ...options, cwd: home });
  const exited = removedAfter(running, home);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    running.child.kill(signal);
    return (await exited).code;
  };
  try {
    return {
      url: await started(running, settings['PORT'], options),
      pid: running.child.pid ?? -1,
      dataDir,
      logs: running.logs,
      output: () => running.output(),
      stop: (signal = 'SIGTERM') => end(signal),
      signal: (signal) => void running.child.kill(signal),
      async kill() {
        await end('SIGKILL');
      },
      exited,
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

async function removedAfter({ exited }: ServiceProcess, home: string): Promise<Exit> {
  const exit = await exited;
  await removeFolder(home);
  return exit;
}

/** Resolves with the service's URL once its probe answers 200. */
async function started(
  running: ServiceProcess,
  port: string | undefined,
  options: ServiceOptions,
): Promise<string> {
  const { probe = 'ready', timeoutMs = START_MS } = options;
  const tooLate = AbortSignal.timeout(timeoutMs);
  let exit: Exit | undefined;
  void running.exited.then((how) => (exit = how));
  for (;;) {
    const chosen = port ?? portIn(running.logs);
    const url = `http://127.0.0.1:${chosen}`;
    if (chosen !== undefined && (await answers(`${url}/health/${probe}`, tooLate))) return url;
    if (exit) throw new Error(`The service ended with ${exit.code}:\n${running.output()}`);
    if (tooLate.aborted) {
      throw new Error(`No 200 from /health/${probe} in ${timeoutMs} ms:\n${running.output()}`);
    }
    await sleep(POLL_MS);
  }
}

/** The port on which the service listens, once it has logged it. */
function portIn(logs: readonly LogLine[]): string | undefined {
  for (const { msg } of logs) {
    const port = typeof msg === 'string' ? LISTENING.exec(msg)?.[1] : undefined;
    if (port !== undefined) return port;
  }
  return undefined;
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    // A connection that is kept open would be in the way of tests that watch a shutdown.
    const response = await fetch(url, { signal, headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
