import './library-source.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readOptions } from './options.ts';

// What it imports needs the names above.
const { check } = await import('./checker/check.ts');
const { report } = await import('./report.ts');
const { runChaos } = await import('./run.ts');

const MINUTE_MS = 60_000;

/** A run has its own processes and its own store, so that each begins with nothing and can be repeated by itself. */
const RUN_MS = 2 * MINUTE_MS;

// Whatever it started is killed at the exit, which a signal alone would not bring about.
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
