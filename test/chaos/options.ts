import { parseArgs } from 'node:util';

export interface Options {
  /** For how long faults are injected, over all runs. */
  readonly minutes: number;
  /** The seed of the first run. Each further run has the next number. */
  readonly seed: number;
  /** The folder to write each run's history to, as JSON. Undefined: none is written. */
  readonly out: string | undefined;
}

/** Without a seed, one below this is chosen at random. */
const SEEDS = 1_000_000;

/** @throws Error that shows the usage */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * SEEDS)) },
      out: { type: 'string' },
    },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  if (!(minutes > 0) || !Number.isSafeInteger(seed) || seed < 0) {
    throw new Error('npm run chaos -- [--minutes 10] [--seed 1] [--out directory]');
  }
  return { minutes, seed, out: values.out };
}
