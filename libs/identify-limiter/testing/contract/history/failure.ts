import * as fc from 'fast-check';
import { RUNS } from './beginning.ts';

/** How a property fails: the shortest history for which it does, with the seed to play it again. Undefined when it holds. */
export async function failureOf<T>(property: fc.IAsyncProperty<T>): Promise<string | undefined> {
  const outcome = await fc.check(property, { numRuns: RUNS });
  if (!outcome.failed) return undefined;
  return `${String(outcome.errorInstance)}\n${fc.defaultReportMessage(outcome) ?? ''}`;
}
