import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { watchChild, type Exit } from '../children.ts';
import { readJsonLines, type LogLine } from './json-lines.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/apps/gateway-queue/main.js', import.meta.url));

export interface ProcessOptions {
  /** Whether it has a process group of its own, so that Ctrl-C in the terminal does not reach it. */
  readonly detached?: boolean;
  /** Node's own options, before the program. */
  readonly nodeOptions?: readonly string[];
  /** Where it runs; a folder without an `.env` file. */
  readonly cwd?: string;
}

/** The built service as a bare process, whether or not it ever gets ready. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** What it logged so far: those lines of both streams that are JSON. */
  readonly logs: readonly LogLine[];
  /** The other lines of both streams: words for the person who started it by hand. */
  readonly words: readonly string[];
  /** All that it wrote so far, for a failure's message. */
  output(): string;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Ends it at once, also when a process between started it; does nothing when it has ended. */
  kill(): void;
}

/**
 * Starts the service on a port of 127.0.0.1 that the system chooses, with these settings and nothing of this process's
 * environment.
 *
 * @throws Error when the service has not been built
 */
export function spawnService(
  settings: Readonly<Record<string, string>>,
  { detached = false, nodeOptions = [], cwd = tmpdir() }: ProcessOptions = {},
): ServiceProcess {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: npm run build makes it`);
  const child = spawn(process.execPath, ['--enable-source-maps', ...nodeOptions, PROGRAM], {
    detached,
    cwd,
    env: { HOST: '127.0.0.1', PORT: '0', LOG_PRETTY: 'false', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return observe(child);
}

/** Reads what a child writes, and tells when it ends. */
export function observe(child: ChildProcess): ServiceProcess {
  const logs: LogLine[] = [];
  const words: string[] = [];
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    readJsonLines(stream, (line) => {
      written.push(typeof line === 'string' ? line : JSON.stringify(line));
      if (typeof line === 'string') words.push(line);
      else logs.push(line);
    });
  }
  const exited = watchChild(child);
  let running = true;
  void exited.then(() => (running = false));
  const kill = (): void => {
    if (!running) return;
    child.kill('SIGKILL');
    // Its own log says which process it is; the child may be npm.
    const pid = logs.at(-1)?.['pid'];
    if (typeof pid === 'number' && pid !== child.pid) process.kill(pid, 'SIGKILL');
  };
  return { child, logs, words, output: () => written.join('\n'), exited, kill };
}
