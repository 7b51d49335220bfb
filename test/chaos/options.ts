import { parseArgs } from 'node:util';

export interface Options {
  /** For how long there are faults, in all. */
  readonly minutes: number;
  /** Of the first run; those after it count on. */
  readonly seed: number;
  /** Where a run's history is written, for whoever wants to know more; nowhere unless given. */
  readonly out: string | undefined;
}

/** The seed of a run without one, so that each is another. */
const SEEDS = 1_000_000;

/** @throws Error that says how it is called */
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
