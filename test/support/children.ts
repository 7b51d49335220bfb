import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** How a process ended: its exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Tells when a child ends, also one that could not be started. Whatever still runs when this process
 * exits is killed, by its pid, so that a test that fails half-way leaves nothing behind.
 */
export function watchChild(child: ChildProcess): Promise<Exit> {
  running.add(child);
  return new Promise((resolve) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
      running.delete(child);
      resolve({ code, signal });
    };
    // 'close' and not 'exit': then all that it wrote has been read.
    child.once('close', ended);
    child.once('error', () => ended(null, null));
  });
}

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
