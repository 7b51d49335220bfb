import { parseArgs } from 'node:util';
import { trace } from './history/trace.ts';
import { describeViolations, playSeed } from './outcome.ts';
import { Summary } from './summary.ts';

const USAGE = `npm run simulate -- --seeds N [--from S]    plays N seeds, the first is S (1)
npm run simulate -- --seed S [--trace]      plays one seed, and prints its events
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @throws RangeError that names the option */
function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new RangeError(`--${option} must be a whole number, at least 0; got ${text}`);
}

async function main(): Promise<void> {
  const from = wholeNumber('from', values.seed ?? values.from);
  const count = values.seed === undefined ? wholeNumber('seeds', values.seeds) : 1;
  const summary = new Summary();
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await playSeed(seed);
    summary.add(outcome);
    if (values.trace) console.log(trace(outcome.events));
    if (outcome.violations.length > 0) console.log(describeViolations(outcome));
  }
  console.log(summary.toString());
  process.exitCode = summary.violations > 0 ? 1 : 0;
}

if (values.help) console.log(USAGE);
else await main();
