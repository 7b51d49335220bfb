import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { watchChild, type Exit } from '../children.ts';
import { readJsonLines, type LogLine } from './json-lines.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/apps/gateway-queue/main.js', import.meta.url));

/** The built service as a bare process, whatever becomes of it: nobody waits until it is ready. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly logs: readonly LogLine[];
  /** Lines of both streams that are no entries of the log: words for whoever started it by hand. */
  readonly words: readonly string[];
  /** All that it wrote so far. */
  output(): string;
  readonly exited: Promise<Exit>;
  /** Ends it at once, also when a process between started it; does nothing when it has ended. */
  kill(): void;
}

/** Starts it on 127.0.0.1, with these settings and nothing of this process's environment. */
export function spawnService(settings: Readonly<Record<string, string>>): ServiceProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM], {
    cwd: tmpdir(),
    env: { HOST: '127.0.0.1', PORT: '0', LOG_PRETTY: 'false', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return observe(child);
}

/** Reads what a child writes and tells when it ends. */
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
