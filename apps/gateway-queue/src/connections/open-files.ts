import { readFileSync } from 'node:fs';

/**
 * How many descriptors this process may have open, by Linux (proc(5), /proc/pid/limits). Infinity where there is no limit or
 * it cannot be known. Node raises its own limit as far as it may when it starts.
 */
export function openFileLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    return Infinity;
  }
}
