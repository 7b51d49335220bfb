import * as fc from 'fast-check';

import { bodiesOf, strayBodies } from './bodies.ts';
import type { Operation, Parameter } from './document.ts';
import { CREDENTIALS, type Credentials, type Plan, type PlannedText } from './plan.ts';
import { valuesOf } from './schema-values.ts';
import { ignoredHeaders, unknownParameters } from './ignored-inputs.ts';
import { anyTextOrSecret, anyText } from './any-values.ts';

type Pair = readonly [name: string, value: PlannedText];

/** Whether values of this name are collected, so that one can be asked for. */
type IsKnown = (name: string) => boolean;

export interface PlanOptions {
  readonly isKnown: IsKnown;
  /** What members of bodies are as a rule, by their names. */
  readonly meant: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

/** Requests of an operation: most of them as documented, others wrong in one way or several. */
export function plansOf(operation: Operation, { isKnown, meant }: PlanOptions): fc.Arbitrary<Plan> {
  const { body, parameters } = operation;
  const those = (place: Parameter['in']): readonly Parameter[] =>
    parameters.filter((parameter) => parameter.in === place);
  const pathTexts = those('path').map((one): [string, fc.Arbitrary<PlannedText>] => [
    one.name,
    textsOf(one, isKnown),
  ]);
  return fc.record({
    path: fc.record(Object.fromEntries(pathTexts)),
    query: pairsOf(those('query'), isKnown, unknownParameters),
    headers: pairsOf(those('header'), isKnown, ignoredHeaders),
    credentials: credentialsFor(operation),
    from: fc.integer({ min: 1, max: 2 ** 24 - 2 }).map(toAddress),
    body: body === undefined ? strayBodies : bodiesOf(body, meant),
  });
}

/** Each of them once as a rule, or not at all, or twice, and what else may come along. */
function pairsOf(
  parameters: readonly Parameter[],
  isKnown: IsKnown,
  strays: fc.Arbitrary<readonly Pair[]>,
): fc.Arbitrary<readonly Pair[]> {
  const occurrences = parameters.map((parameter) => {
    const { name, required = false } = parameter;
    const pair = textsOf(parameter, isKnown).map((value): Pair => [name, value]);
    return fc.oneof(
      { weight: required ? 20 : 8, arbitrary: fc.tuple(pair) },
      { weight: required ? 1 : 8, arbitrary: fc.constant<Pair[]>([]) },
      { weight: 1, arbitrary: fc.tuple(pair, pair) },
    );
  });
  return fc.tuple(...occurrences, strays).map((pairs) => pairs.flat());
}

function textsOf(parameter: Parameter, isKnown: IsKnown): fc.Arbitrary<PlannedText> {
  const { name, schema } = parameter;
  const documented = valuesOf(schema).map(String);
  // The reason that an operator gives is there to be read.
  const values = name === 'reason' ? anyText : anyTextOrSecret;
  return fc.oneof(
    {
      weight: isKnown(name) ? 20 : 0,
      arbitrary: fc.nat().map((index) => ({ known: name, index })),
    },
    { weight: isKnown(name) ? 2 : 20, arbitrary: documented.map((text) => ({ text })) },
    { weight: 3, arbitrary: values.map((text) => ({ text })) },
  );
}

function credentialsFor({ schemes }: Operation): fc.Arbitrary<Credentials> {
  const isOfQueue = schemes.includes('queue');
  const right: readonly Credentials[] = isOfQueue ? ['queue'] : ['operator', 'operator-session'];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...right) },
    fc.constantFrom(...CREDENTIALS),
  );
}

/** Of 10.0.0.0/8, so that few of them are the same. */
function toAddress(number: number): string {
  return `10.${[number >> 16, number >> 8, number].map((byte) => byte & 0xff).join('.')}`;
}
