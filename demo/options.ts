import { parseArgs } from 'node:util';

/** How the demo was asked to run. */
export interface Options {
  /** Where the service listens; any free port unless given. */
  readonly port: number | undefined;
  /** After so many it ends by itself. */
  readonly minutes: number;
  /** Of everything that is drawn by lot. */
  readonly seed: number;
}

const USAGE = 'npm run demo -- [--port 8080] [--minutes 60] [--seed 1]';

const MAX_PORT = 65_535;
const MAX_MINUTES = 24 * 60;

/** @throws Error that says what is wrong, and how the demo is started */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    port: values.port === undefined ? undefined : wholeNumber('port', values.port, 1, MAX_PORT),
    minutes: wholeNumber('minutes', values.minutes, 1, MAX_MINUTES),
    seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`--${option} must be a whole number from ${least} to ${most}\n${USAGE}`);
}
