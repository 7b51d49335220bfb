import { vi } from 'vitest';

import type { LogLine } from './json-lines.ts';

/** Resolves once so many lines of the log (one, unless given) have `text` in their message. */
export function logged(
  { logs }: { readonly logs: readonly LogLine[] },
  text: string,
  times = 1,
): Promise<void> {
  return vi.waitFor(
    () => {
      const found = logs.filter(({ msg }) => typeof msg === 'string' && msg.includes(text));
      if (found.length < times) throw new Error(`"${text}" is not in the log ${times} times`);
    },
    { timeout: 20_000, interval: 5 },
  );
}
