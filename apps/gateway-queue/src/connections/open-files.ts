import { readFileSync } from 'node:fs';

/**
 * How many descriptors this process may have open, as Linux says (proc(5), /proc/pid/limits); Infinity
 * where it cannot be known or there is no limit. Node raises its own limit as far as it may at start.
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
