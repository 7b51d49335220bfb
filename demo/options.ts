import { parseArgs } from 'node:util';

/** The options of the demo's command line. */
export interface Options {
  /** The port of the service. Undefined: any free port. */
  readonly port: number | undefined;
  /** The demo ends by itself after this time. */
  readonly minutes: number;
  /** The seed of all random choices. */
  readonly seed: number;
}

const USAGE = 'npm run demo -- [--port 8080] [--minutes 60] [--seed 1]';

const MAX_PORT = 65_535;
const MAX_MINUTES = 24 * 60;

/** @throws Error that names the wrong option and shows the usage */
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

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Error(`--${option} must be a whole number from ${min} to ${max}\n${USAGE}`);
}
