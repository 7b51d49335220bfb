import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { watchChild, type Exit } from '../children.ts';
import { makeFolder, removeFolder } from '../folders.ts';
import { readJsonLines, type LogLine } from './json-lines.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/apps/gateway-queue/main.js', import.meta.url));

/** Between two reads of the log or the probe, ms. */
const POLL_MS = 20;

/** What the service logs, at `info`, once it listens. */
const LISTENING = /^Listening on http:\/\/127\.0\.0\.1:(\d+)$/;

export interface ServiceOptions {
  /** Which probe has to answer 200 before the service counts as started; `ready` unless given. */
  readonly probe?: 'ready' | 'live';
  /** How long that may take, ms; 20 s unless given. */
  readonly timeoutMs?: number;
  /** Whether it has a process group of its own, so that Ctrl-C in the terminal does not reach it. */
  readonly detached?: boolean;
  /** Node's own options, before the program. */
  readonly nodeOptions?: readonly string[];
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
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: npm run build makes it`);
  const home = makeFolder('gateway-queue-');
  const port = settings['PORT'] ?? '0';
  const dataDir = settings['DATA_DIR'] ?? home;
  const { detached = false, nodeOptions = [] } = options;
  const child = spawn(process.execPath, ['--enable-source-maps', ...nodeOptions, PROGRAM], {
    detached,
    // Away from the repository, whose .env a developer may have filled.
    cwd: home,
    env: { HOST: '127.0.0.1', LOG_PRETTY: 'false', ...settings, PORT: port, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = observe(child, dataDir, home);
  try {
    return await started(running, port, options);
  } catch (error) {
    await running.kill();
    throw error;
  }
}

function observe(child: ChildProcess, dataDir: string, home: string): Omit<Service, 'url'> {
  const logs: LogLine[] = [];
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    readJsonLines(stream, (line) => {
      written.push(typeof line === 'string' ? line : JSON.stringify(line));
      if (typeof line !== 'string') logs.push(line);
    });
  }
  const exited = gone(child, home);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited).code;
  };
  return {
    pid: child.pid ?? -1,
    dataDir,
    logs,
    output: () => written.join('\n'),
    stop: (signal = 'SIGTERM') => end(signal),
    signal: (signal) => void child.kill(signal),
    async kill() {
      await end('SIGKILL');
    },
    exited,
  };
}

async function gone(child: ChildProcess, home: string): Promise<Exit> {
  const exit = await watchChild(child);
  await removeFolder(home);
  return exit;
}

async function started(
  running: Omit<Service, 'url'>,
  port: string,
  options: ServiceOptions,
): Promise<Service> {
  const { probe = 'ready', timeoutMs = 20_000 } = options;
  const tooLate = AbortSignal.timeout(timeoutMs);
  let exit: Exit | undefined;
  void running.exited.then((how) => (exit = how));
  for (;;) {
    const chosen = port === '0' ? portOf(running.logs) : port;
    const url = `http://127.0.0.1:${chosen}`;
    if (chosen !== undefined && (await answers(`${url}/health/${probe}`, tooLate))) {
      return { ...running, url };
    }
    if (exit) throw new Error(`The service ended with ${exit.code}:\n${running.output()}`);
    if (tooLate.aborted) {
      throw new Error(`No 200 from /health/${probe} in ${timeoutMs} ms:\n${running.output()}`);
    }
    await sleep(POLL_MS);
  }
}

/** The port on which the service listens, once it has logged it. */
function portOf(logs: readonly LogLine[]): string | undefined {
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
