import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/** One line of a log that is JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/**
 * Hands on each line of a stream: parsed, when it is a JSON object, else as text.
 */
export function readJsonLines(stream: Readable, onLine: (line: LogLine | string) => void): void {
  createInterface({ input: stream }).on('line', (text) => onLine(parse(text) ?? text));
}

function parse(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
