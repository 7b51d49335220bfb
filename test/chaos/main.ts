import './library-source.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readOptions } from './options.ts';

// These files import libraries by the names that library-source.ts resolves.
const { check } = await import('./checker/check.ts');
const { report } = await import('./report.ts');
const { runChaos } = await import('./run.ts');

const MINUTE_MS = 60_000;

/** The length of a run. Each run has its own processes and an empty store, so that it can be repeated by itself. */
const RUN_MS = 2 * MINUTE_MS;

// Child processes are killed at the exit of this process. A signal alone would end it without that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const options = readOptions(process.argv.slice(2));
const runs = Math.ceil((options.minutes * MINUTE_MS) / RUN_MS);
const durationMs = (options.minutes * MINUTE_MS) / runs;
let violations = 0;
for (let index = 0; index < runs; index += 1) {
  const seed = options.seed + index;
  const run = await runChaos({ seed, durationMs });
  const found = check(run.history);
  console.log(report(seed, run, found));
  violations += found.violations.length;
  if (options.out !== undefined) {
    const path = join(options.out, `chaos-${seed}.json`);
    await writeFile(path, JSON.stringify(run.history, infinityAsText));
  }
}
console.log(`${runs} runs, ${violations} violations`);
process.exitCode = violations > 0 ? 1 : 0;

function infinityAsText(_key: string, value: unknown): unknown {
  return value === Infinity ? 'Infinity' : value;
}
