import type { Finding } from './checker/finding.ts';
import type { Run } from './run.ts';

/** More than so many violations say no more than the first. */
const SHOWN = 20;

/** What people want to know of a run; what went wrong comes last. */
export function report(seed: number, { faults, history }: Run, found: Required<Finding>): string {
  const { figures, violations } = found;
  const kinds = [...faults].toSorted(([one], [other]) => one.localeCompare(other));
  const outcomes = Map.groupBy(history.asks, ({ outcome }) => outcome);
  const injected = kinds.reduce((sum, [, count]) => sum + count, 0);
  return [
    `seed ${seed}: ${injected} faults (${listed(kinds)})`,
    `  ${history.asks.length} requests (${listed(Array.from(outcomes, ([outcome, { length }]) => [outcome, length]))})`,
    ...Object.entries(figures).map(([name, value]) => `  ${inWords(name)}: ${rounded(value)}`),
    `  ${violations.length} violations`,
    ...violations
      .slice(0, SHOWN)
      .map(
        ({ asks, promise, what }) =>
          `  ${promise}: ${what} [requests ${asks.join(', ')}; seed ${seed}]`,
      ),
  ].join('\n');
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(', ');
}

/** `leastGapMs` as "least gap ms". */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
