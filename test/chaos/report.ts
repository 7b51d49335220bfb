import type { Finding } from './checker/finding.ts';
import type { Run } from './run.ts';

/** At most this many violations are shown. */
const SHOWN = 20;

/** A run as text for people: faults, requests and figures, and the violations last. */
export function report(
  seed: number,
  { faultCounts, history }: Run,
  found: Required<Finding>,
): string {
  const { figures, violations } = found;
  const kinds = [...faultCounts].toSorted(([one], [other]) => one.localeCompare(other));
  const outcomes = Map.groupBy(history.requests, ({ outcome }) => outcome);
  const injected = kinds.reduce((sum, [, count]) => sum + count, 0);
  return [
    `seed ${seed}: ${injected} faults (${listed(kinds)})`,
    `  ${history.requests.length} requests (${listed(Array.from(outcomes, ([outcome, { length }]) => [outcome, length]))})`,
    ...Object.entries(figures).map(([name, value]) => `  ${inWords(name)}: ${rounded(value)}`),
    `  ${violations.length} violations`,
    ...violations
      .slice(0, SHOWN)
      .map(
        ({ requests, promise, what }) =>
          `  ${promise}: ${what} [requests ${requests.join(', ')}; seed ${seed}]`,
      ),
  ].join('\n');
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(', ');
}

/** `minGapMs` as "min gap ms". */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
