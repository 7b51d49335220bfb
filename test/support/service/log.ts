import { vi } from 'vitest';

import type { LogLine } from './json-lines.ts';

/** What has a log: a service, however it was started. */
interface Logging {
  readonly logs: readonly LogLine[];
}

/** How often the log is read, and for how long at most, ms: the longest backoff that a test waits for is 5 s. */
const READING = { interval: 5, timeout: 60_000 };

/** The lines of the log whose message contains `text`. */
export function linesWith({ logs }: Logging, text: string): LogLine[] {
  return logs.filter(({ msg }) => typeof msg === 'string' && msg.includes(text));
}

/** Resolves with the lines of the log whose message contains `text`, once there are `count` of them or more. */
export function logged(service: Logging, text: string, count = 1): Promise<LogLine[]> {
  return vi.waitFor(() => {
    const lines = linesWith(service, text);
    if (lines.length >= count) return lines;
    throw new Error(`"${text}" was logged ${lines.length} times, not ${count}`);
  }, READING);
}
